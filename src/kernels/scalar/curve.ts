import type { Shape } from './shapes.ts';

/** The numbers of a curve from the surprise u = -ln p to the loss of a pixel or element. */
export interface CurveNumbers {
  readonly gamma: number;
  /** Probabilities are clipped to [clip, 1 - clip]; 0 for no clipping. */
  readonly clip: number;
  /** ln p is not taken below this; -Infinity for no floor. */
  readonly logFloor: number;
  /** The whole function, where it is another one. */
  readonly shape?: Shape;
  /** The same function as the SIMD kernels know it; absent where they do not. */
  readonly code?: CurveCode;
}

/** A curve by number: logarithm, focal (a = gamma), hinge (a = margin, b = power), exponential, poly (a = epsilon). */
export interface CurveCode {
  readonly id: 0 | 1 | 2 | 3 | 4;
  readonly a: number;
  readonly b: number;
}

/** Least and largest surprise after clipping. */
export function clippedTo({ clip, logFloor }: CurveNumbers): readonly [low: number, high: number] {
  return clip > 0 ? [-Math.log1p(-clip), -Math.log(clip)] : [-Infinity, -logFloor];
}

/** Surprise after clipping. */
export function clipped(u: number, curve: CurveNumbers): number {
  if (curve.clip > 0) return Math.max(-Math.log1p(-curve.clip), Math.min(u, -Math.log(curve.clip)));
  return Math.min(u, -curve.logFloor);
}

/** 1 - exp(-u); the plain difference where it loses nothing. */
function missed(u: number): number {
  return u > 0.7 ? 1 - Math.exp(-u) : -Math.expm1(-u);
}

/** x to a power of which 1 and 2 are the usual ones, and much cheaper as products. */
function power(x: number, exponent: number): number {
  return exponent === 2 ? x * x : exponent === 1 ? x : x ** exponent;
}

/**
 * Loss of one pixel: (1 - p)^gamma * u with p = exp(-u); u itself for gamma 0. Lin et al. 2017, eq. 4. Clipping p
 * acts on both factors, a floor under ln p on the logarithm alone.
 */
export function curveValue(u: number, curve: CurveNumbers): number {
  if (curve.shape !== undefined) return curve.shape.value(u);
  const v = clipped(u, curve);
  if (curve.gamma === 0) return v;
  return v === 0 ? 0 : power(missed(curve.clip > 0 ? v : u), curve.gamma) * v;
}

/**
 * d(loss)/du: (1 - p)^gamma + gamma p (1 - p)^(gamma - 1) u; 0 where clipping holds, and the second term alone under the
 * floor. For 0 < gamma < 1 it is NaN where p rounds to 1: the limit is 0, but every library differentiates the power and
 * gets infinity times 0.
 */
export function curveSlope(u: number, curve: CurveNumbers): number {
  if (curve.shape !== undefined) return curve.shape.slope(u);
  const v = clipped(u, curve);
  if (curve.clip > 0 && v !== u) return 0;
  if (curve.gamma === 0) return u > v ? 0 : 1;
  if (curve.gamma < 1 && 1 - Math.exp(-u) === 0) return Number.NaN;
  if (u === 0) return 0;
  const miss = missed(u);
  const p = Math.exp(-u);
  // p * u is 0 at u = Infinity.
  const tail = p === 0 ? 0 : curve.gamma * p * power(miss, curve.gamma - 1) * v;
  return (u > v ? 0 : power(miss, curve.gamma)) + tail;
}
