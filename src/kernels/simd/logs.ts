import * as scalar from '../scalar/logs.ts';
import type { Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

/** -ln p per channel from what the softmax left: see the scalar kernel. */
export function negLogSoftmax(
  z: Reals,
  top: Reals,
  logSum: Reals,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(z, top, logSum, out);
  if (engine === undefined) scalar.negLogSoftmax(z, top, logSum, out, channels, stride, count);
  else {
    const [a, b] = [top.byteOffset, logSum.byteOffset];
    engine.run.negLogSoftmax(z.byteOffset, a, b, out.byteOffset, channels, stride, count);
  }
}

/** -ln p of the labelled channel: see the scalar kernel. */
export function nllSoftmax(
  z: Reals,
  top: Reals,
  logSum: Reals,
  labels: Int32Array,
  out: Reals,
  stride: number,
  count: number,
): void {
  const engine = engineOf(z, top, logSum, labels, out);
  if (engine === undefined) scalar.nllSoftmax(z, top, logSum, labels, out, stride, count);
  else {
    const [a, b] = [top.byteOffset, logSum.byteOffset];
    engine.run.nllSoftmax(z.byteOffset, a, b, labels.byteOffset, out.byteOffset, stride, count);
  }
}

/** -ln p: see the scalar kernel. */
export function negLog(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(p, out);
  if (engine === undefined) scalar.negLog(p, out, channels, stride, count);
  else engine.run.negLog(p.byteOffset, out.byteOffset, channels, stride, count);
}

/** -ln(1 - p): see the scalar kernel. */
export function negLogComplement(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(p, out);
  if (engine === undefined) scalar.negLogComplement(p, out, channels, stride, count);
  else engine.run.negLogComplement(p.byteOffset, out.byteOffset, channels, stride, count);
}

/** e^x of every value: see the scalar kernel. */
export function exp(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(x, out);
  if (engine === undefined) scalar.exp(x, out, channels, stride, count);
  else engine.run.exp(x.byteOffset, out.byteOffset, channels, stride, count);
}

/** d *= p: see the scalar kernel. */
export function multiply(d: Reals, p: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(d, p);
  if (engine === undefined) scalar.multiply(d, p, channels, stride, count);
  else engine.run.multiply(d.byteOffset, p.byteOffset, channels, stride, count);
}
