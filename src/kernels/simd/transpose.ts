import type { Reals } from '../scalar/reals.ts';
import { transpose as scalarTranspose } from '../scalar/transpose.ts';
import { engineOf } from './engine.ts';

/** Turns rows into columns: see the scalar kernel. */
export function transpose(from: Reals, width: number, out: Reals, stride: number, rows: number, columns: number): void {
  const engine = engineOf(from, out);
  if (engine === undefined) scalarTranspose(from, width, out, stride, rows, columns);
  else engine.run.transpose(from.byteOffset, width, out.byteOffset, stride, rows, columns);
}
