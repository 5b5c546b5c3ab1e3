import type { Reals } from '../scalar/reals.ts';
import * as scalar from '../scalar/sigmoid.ts';
import { engineOf } from './engine.ts';

/** Sigmoid of every value of a tile: see the scalar kernel. */
export function sigmoid(z: Reals, p: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(z, p);
  if (engine === undefined) scalar.sigmoid(z, p, channels, stride, count);
  else engine.run.sigmoid(z.byteOffset, p.byteOffset, channels, stride, count);
}

/** Sigmoid with -ln p and -ln(1 - p): see the scalar kernel. */
export function sigmoidWithLogs(
  z: Reals,
  p: Reals,
  negLogP: Reals,
  negLogQ: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(z, p, negLogP, negLogQ);
  if (engine === undefined) scalar.sigmoidWithLogs(z, p, negLogP, negLogQ, channels, stride, count);
  else {
    const [up, down] = [negLogP.byteOffset, negLogQ.byteOffset];
    engine.run.sigmoidWithLogs(z.byteOffset, p.byteOffset, up, down, channels, stride, count);
  }
}

/** dL/dz of a sigmoid from dL/dp, in place: see the scalar kernel. */
export function sigmoidBackward(d: Reals, p: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(d, p);
  if (engine === undefined) scalar.sigmoidBackward(d, p, channels, stride, count);
  else engine.run.sigmoidBackward(d.byteOffset, p.byteOffset, channels, stride, count);
}
