import type { EmbeddingSet, EmbeddingValue } from '../core/index.ts';
import { lengths, sampledRows, type TermSums, takeRows, unitBackward, unitRows } from '../kernels/index.ts';

interface Options {
  readonly seed: number;
  readonly 'max-pixels': number;
  readonly reduction: string;
}

/** What a loss that compares pixels with each other is handed: the rows, or a sample of them, of length 1 if asked for. */
export interface Compared {
  readonly rows: Float64Array;
  readonly labels: Int32Array;
  readonly gradient: Float64Array;
}

/**
 * Runs a loss on pairs or triplets of rows. `whole` says that the rows are named one by one, so that none may be left
 * out; else a sample of at most `max-pixels` stands for many.
 */
export function compare(
  set: EmbeddingSet,
  o: Options,
  how: { readonly unit: 'triplets' | 'pairs'; readonly whole: boolean; readonly normalise: boolean },
  sum: (compared: Compared) => TermSums & { readonly divisor: number },
): EmbeddingValue {
  const isSample = !how.whole && set.count > o['max-pixels'];
  const kept = isSample ? sampledRows(set.labels, set.names.length, o['max-pixels'], o.seed) : null;
  const own = kept === null ? set.rows : takeRows(set.rows, set.dims, kept);
  const labels = kept === null ? set.labels : kept.map((row) => set.labels[row] ?? 0);
  const length = lengths(own, set.dims);
  const rows = how.normalise ? unitRows(own, set.dims, length) : own;
  const gradient = new Float64Array(rows.length);
  const sums = sum({ rows, labels, gradient });
  if (how.normalise) unitBackward(gradient, rows, length, set.dims);
  const factor = o.reduction === 'sum' ? 1 : 1 / sums.divisor;
  // A mean over no term is 0/0; one over terms that are all 0 is 0.
  const value = sums.terms === 0 ? Number.NaN : sums.divisor === 0 ? 0 : sums.sum * factor;
  const finite = own.every(Number.isFinite);
  const full = new Float64Array(set.rows.length);
  for (const [k, g] of gradient.entries()) {
    const row = Math.floor(k / set.dims);
    full[(kept === null ? row : (kept[row] ?? 0)) * set.dims + (k % set.dims)] = sums.divisor === 0 ? 0 : g * factor;
  }
  return {
    value: finite ? value : Number.NaN,
    gradient: finite && sums.terms > 0 ? full : full.fill(Number.NaN),
    terms: sums.terms,
    unit: how.unit,
    violations: sums.active,
    skipped: how.normalise ? length.reduce((n, own) => n + (own === 0 ? 1 : 0), 0) : 0,
    poles: 0,
    beyond: 0,
    sampled: kept?.length ?? null,
  };
}
