import type { Reals } from '../scalar/reals.ts';
import { returnEngine, takeEngine } from './engine.ts';

/** Where the tiles of a sweep live. Singles lie in the memory of the SIMD kernels. */
export interface Workspace {
  /** Values that a row is rounded up to. */
  readonly step: number;
  reals(length: number): Reals;
  integers(length: number): Int32Array;
  /** Gives the room back; nothing that was reserved may be used any more. */
  close(): void;
}

const doubles: Workspace = {
  step: 1,
  reals: (length) => new Float64Array(length),
  integers: (length) => new Int32Array(length),
  close() {},
};

/** Bytes that are given at most, unless a caller needs whole images: what finds no room is worked on by the scalar kernels. */
const mostBytes = 2 ** 26;

/** Room for about so many numbers: singles where SIMD kernels can work on them, doubles otherwise. */
export function openWorkspace(precision: 'single' | 'double', numbers = 0, most = mostBytes): Workspace {
  const engine = precision === 'single' ? takeEngine(Math.min(4 * numbers, most)) : null;
  if (engine === null) return doubles;
  return {
    step: 4,
    // When the memory is full, arrays outside of it go through the scalar kernels.
    reals: (length) => engine.singles(length) ?? new Float32Array(length),
    integers: (length) => engine.integers(length) ?? new Int32Array(length),
    close: () => returnEngine(engine),
  };
}
