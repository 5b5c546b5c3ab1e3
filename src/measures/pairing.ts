import munkres from 'munkres';
import { type DerivedMeasure, derived } from '../core/index.ts';
import { countAgreement, valuesAt } from '../kernels/index.ts';
import { agreementOf, emptyCounts, shiftedReading, spreadSample } from './_agreement.ts';
import { decisions } from './decisions.ts';

/** How well every prediction of a batch agrees with every target. */
export interface Pairing {
  /** Cohen's kappa of prediction i against target j, [i][j]; NaN where one class is all there is. */
  readonly kappas: readonly (readonly number[])[];
  /** Target that goes best with each prediction, each target once. */
  readonly partners: readonly number[];
  /** Mean kappa of each prediction with its own target, and with its partner. */
  readonly now: number;
  readonly after: number;
  /** Share of the predictions that agree with no other target better than with their own. */
  readonly ownBest: number;
}

/** Pixels looked at per pair, and over all pairs of a large batch. */
const sampleSize = 4096;
const sampleTotal = 2 ** 25;

/** The best pairing of the images of a batch. */
export const pairing: DerivedMeasure<Pairing> = derived({
  id: 'pairing',
  needs: { decisions },
  compute(values, { spatial }) {
    const { decided, labels, rows } = values.decisions;
    const perPair = Math.max(256, Math.floor(sampleTotal / decided.length ** 2));
    const sample = spreadSample(spatial, Math.min(sampleSize, perPair));
    const reading = shiftedReading(
      spatial,
      spatial.map(() => 0),
    );
    const picked = decided.map((own) => valuesAt(own, sample));
    const kappas = picked.map((own) =>
      labels.map((truth) => {
        const counts = emptyCounts(rows);
        countAgreement(own, truth, sample, reading, rows, counts);
        return agreementOf(counts, rows).kappa;
      }),
    );
    const known = (i: number, j: number): number => kappas[i]?.[j] || 0;
    // Of pairings that agree equally well, the one that leaves most as it is.
    const costs = kappas.map((row, i) => row.map((_, j) => (i === j ? -1e-9 : 0) - known(i, j)));
    const partners = new Array<number>(kappas.length).fill(0);
    for (const [i, j] of munkres(costs)) partners[i] = j;
    const mean = (of: (i: number) => number): number =>
      kappas.reduce((sum, _, i) => sum + of(i), 0) / Math.max(1, kappas.length);
    return {
      kappas,
      partners,
      now: mean((i) => known(i, i)),
      after: mean((i) => known(i, partners[i] ?? i)),
      ownBest: mean((i) => Number(labels.every((_, j) => known(i, j) <= known(i, i)))),
    };
  },
});
