import * as scalar from '../scalar/penalty.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { addSums, type Engine, engineOf, returnEngine, takeEngine } from './engine.ts';

/** Pixels of an image that are worked on at a time. */
const RUN = 16_384;

/** Hands an image to a kernel run by run, with numbers that it may change; false where that cannot be done. */
function inRuns(
  squared: Reals,
  labels: Labels,
  numbers: Float64Array,
  kernel: (run: Engine['run'], squares: number, ids: number, numbers: number, count: number) => void,
): boolean {
  const engine = squared instanceof Float32Array ? takeEngine() : null;
  const [squares, ids] = [engine?.singles(RUN), engine?.integers(RUN)];
  if (!engine || !squares || !ids) return false;
  const own = engine.sums(numbers.length);
  own.set(numbers);
  for (let start = 0; start < labels.length; start += RUN) {
    const end = Math.min(start + RUN, labels.length);
    squares.set(squared.subarray(start, end));
    ids.set(labels.subarray(start, end));
    kernel(engine.run, squares.byteOffset, ids.byteOffset, own.byteOffset, end - start);
  }
  numbers.set(own.subarray(0, numbers.length));
  returnEngine(engine);
  return true;
}

/** Least and largest square of every row: see the scalar kernel. */
export function squareRanges(squared: Reals, labels: Labels, rows: number): Float64Array {
  const ranges = Float64Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? Infinity : 0));
  const done = inRuns(squared, labels, ranges, (run, squares, ids, own, count) => {
    run.squareRanges(squares, ids, own, count);
  });
  return done ? ranges : scalar.squareRanges(squared, labels, rows);
}

/** The weights of an image added up by row: see the scalar kernel, whose results these are to the last bit. */
export function sumPenalty(
  squared: Reals,
  labels: Labels,
  table: Float64Array,
  numbers: scalar.PenaltyShape,
): Float64Array {
  const { plus, inverse, clip } = numbers;
  const both = new Float64Array(1.5 * table.length);
  both.set(table);
  const done = inRuns(squared, labels, both, (run, squares, ids, own, count) => {
    run.sumPenalty(squares, ids, own, plus, Number(inverse), clip, own + 8 * table.length, count);
  });
  return done ? both.subarray(table.length) : scalar.sumPenalty(squared, labels, table, numbers);
}

/** Weights of a run of pixels: see the scalar kernel. */
export function penaltyWeights(
  squared: Reals,
  start: number,
  rows: Labels,
  table: Float64Array,
  numbers: scalar.PenaltyShape,
  out: Reals,
  count: number,
): void {
  const engine = engineOf(out, rows);
  if (engine === undefined) {
    scalar.penaltyWeights(squared, start, rows, table, numbers, out, count);
    return;
  }
  const { plus, inverse, clip } = numbers;
  const squares = engine.row(out.length);
  squares.set(squared.subarray(start, start + count));
  engine.run.penaltyWeights(
    squares.byteOffset,
    rows.byteOffset,
    engine.given(table),
    plus,
    Number(inverse),
    clip,
    out.byteOffset,
    count,
  );
}

/** Losses times weights by row: see the scalar kernel. */
export function sumWeighed(
  losses: Reals,
  rows: Int32Array,
  weights: Reals,
  sums: Float64Array,
  totals: Float64Array,
  count: number,
): void {
  const engine = engineOf(losses, rows, weights);
  if (engine === undefined) {
    scalar.sumWeighed(losses, rows, weights, sums, totals, count);
    return;
  }
  const own = engine.sums(sums.length + totals.length);
  const at = own.byteOffset;
  const [x, w] = [losses.byteOffset, weights.byteOffset];
  engine.run.sumWeighed(x, rows.byteOffset, w, at, at + 8 * sums.length, count);
  addSums(own, sums, totals);
}
