import type { Reals } from '../scalar/reals.ts';
import * as scalar from '../scalar/softmax.ts';
import { engineOf } from './engine.ts';

/** Softmax over the channels of a tile: see the scalar kernel. */
export function softmax(
  z: Reals,
  p: Reals,
  top: Reals,
  logSum: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(z, p, top, logSum);
  if (engine === undefined) scalar.softmax(z, p, top, logSum, channels, stride, count);
  else engine.run.softmax(z.byteOffset, p.byteOffset, top.byteOffset, logSum.byteOffset, channels, stride, count);
}

/** dL/dz of a softmax from dL/dp, in place: see the scalar kernel. */
export function softmaxBackward(d: Reals, p: Reals, dot: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(d, p, dot);
  if (engine === undefined) scalar.softmaxBackward(d, p, dot, channels, stride, count);
  else engine.run.softmaxBackward(d.byteOffset, p.byteOffset, dot.byteOffset, channels, stride, count);
}
