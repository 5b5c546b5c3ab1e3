import type { Reals } from '../scalar/reals.ts';
import * as scalar from '../scalar/select.ts';
import { returnEngine, takeEngine } from './engine.ts';

/** Values that are worked on at a time. */
const RUN = 16_384;

/** Values of the upper and of the lower half of a single. */
const HALF = 65_536;

/**
 * Splits values at the n-th largest: see the scalar kernel. Singles are counted in the order of their bits, first by the upper
 * half, then those about the n-th by the lower.
 */
export function splitLargest(runs: readonly Reals[], n: number): scalar.Largest {
  const engine = runs.every((run) => run instanceof Float32Array) ? takeEngine() : null;
  const values = engine?.singles(RUN);
  const counts = engine?.integers(HALF);
  if (!engine || !values || !counts) return scalar.splitLargest(runs, n);
  eachRun(runs, values, (at, count) => engine.run.countUpper(at, counts.byteOffset, count));
  const found = engine.sums(6);
  engine.run.findBin(counts.byteOffset, n, 0, found.byteOffset);
  const [bin, before] = found;
  const upper = bin - HALF / 2;
  counts.fill(0);
  const sum = found.byteOffset + 8 * 5;
  eachRun(runs, values, (at, count) => engine.run.splitUpper(at, upper, counts.byteOffset, sum, count));
  engine.run.findBin(counts.byteOffset, n - before, upper, found.byteOffset);
  const [, within, ofBin, bound, equal, ofOthers] = found;
  returnEngine(engine);
  return { bound, sum: ofBin + ofOthers, above: before + within, equal };
}

function eachRun(runs: readonly Reals[], into: Float32Array, kernel: (at: number, count: number) => void): void {
  for (const run of runs) {
    for (let start = 0; start < run.length; start += RUN) {
      const part = run.subarray(start, start + RUN);
      into.set(part);
      kernel(into.byteOffset, part.length);
    }
  }
}
