import type { Curve, Margin, PairCurve } from '../core/index.ts';
import {
  absolute,
  bothSides,
  type CurveCode,
  type CurveNumbers,
  huber,
  jensenShannon,
  type MarginNumbers,
  type Pair,
  reverseKl,
  shapes,
  square,
} from '../kernels/index.ts';

/** A curve as the kernels take it. */
export function curveNumbers(curve: Curve): CurveNumbers {
  const { clip = 0, logFloor = -Infinity } = curve as { clip?: number; logFloor?: number };
  const shape = shapeOf(curve, clip, logFloor);
  const code = codeOf(curve, shape, clip);
  const numbers = { gamma: curve.id === 'focal' ? curve.gamma : 0, clip, logFloor };
  return { ...numbers, ...(shape === null ? {} : { shape }), ...(code === null ? {} : { code }) };
}

/** The curve by number, where the SIMD kernels know it. */
function codeOf(curve: Curve, shape: shapes.Shape | null, clip: number): CurveCode | null {
  switch (curve.id) {
    case 'log':
      return { id: 0, a: 0, b: 0 };
    case 'focal':
      return shape !== null || clip > 0 ? null : { id: curve.gamma === 0 ? 0 : 1, a: curve.gamma, b: 0 };
    case 'hinge':
      return curve.power === 1 || curve.power === 2 ? { id: 2, a: curve.margin, b: curve.power } : null;
    case 'exponential':
      return { id: 3, a: 0, b: 0 };
    case 'poly':
      return { id: 4, a: curve.epsilon, b: 0 };
    default:
      return null;
  }
}

/** The function itself, for curves that are more than a clipped logarithm or a plain focal loss. */
function shapeOf(curve: Curve, clip: number, logFloor: number): shapes.Shape | null {
  switch (curve.id) {
    case 'log':
      return null;
    case 'poly':
      return shapes.poly(curve.epsilon);
    case 'power':
      return shapes.power(curve.power);
    case 'hinge':
      return shapes.hinge(curve.margin, curve.power);
    case 'exponential':
      return shapes.exponential;
    default: {
      const { gamma, threshold, blend, odds } = curve;
      const plain = threshold === undefined && blend === undefined && odds === undefined;
      if (curve.id === 'focal' && plain) return null;
      const factor = shapes.modulation(gamma, threshold ?? null);
      // What p is turned into first is clipped before that.
      const turned = blend !== undefined || odds !== undefined;
      let shape = curve.id === 'focal' ? shapes.focal(factor, turned ? 0 : clip, logFloor) : factor;
      if (blend !== undefined) shape = shapes.chain(shapes.blended(blend), shape);
      if (odds !== undefined) shape = shapes.chain(odds === 'positive' ? shapes.oddsFor : shapes.oddsAgainst, shape);
      if (clip > 0 && (turned || curve.id === 'modulation')) shape = shapes.chain(shapes.clipping(clip), shape);
      return shape;
    }
  }
}

/** A margin as the kernels take it. */
export function marginNumbers(margin: Margin): MarginNumbers {
  return margin.id === 'foreground' ? { id: margin.id, curve: curveNumbers(margin.curve) } : margin;
}

/** The function of a probability and its target. */
export function pairOf(curve: PairCurve): Pair {
  if (curve.id === 'square') return square;
  if (curve.id === 'absolute') return absolute;
  if (curve.id === 'huber') return huber(curve.delta);
  const pair = curve.id === 'reverse-kl' ? reverseKl(curve.floor) : jensenShannon;
  return curve.sides === 2 ? bothSides(pair) : pair;
}

/** factor * value, 0 whenever the factor is 0: nothing times infinity is nothing here. */
export function times(factor: number, value: number): number {
  return factor === 0 ? 0 : factor * value;
}

/** Adds the entries of one array to another. */
export function addInto(into: Float64Array, from: Float64Array): void {
  for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) + (from[k] ?? 0);
}

/** Sum of several arrays of the same length, in order. */
export function total(arrays: readonly Float64Array[], length: number): Float64Array {
  const out = new Float64Array(length);
  for (const array of arrays) addInto(out, array);
  return out;
}
