import { type DerivedMeasure, derived } from '../core/index.ts';
import { countAgreement, valuesAt } from '../kernels/index.ts';
import {
  type Agreement,
  agreementNow,
  agreementOf,
  emptyCounts,
  shiftedReading,
  spreadSample,
  wholeAgreement,
} from './_agreement.ts';
import { confusion } from './confusion.ts';
import { decisions } from './decisions.ts';

/** The shift of the target under which it agrees best with the decisions. */
export interface BestShift {
  /** A pixel at x agrees best with the target at x + offset. */
  readonly offset: readonly number[];
  /** Over all pixels, and over those that have a partner after the shift. */
  readonly now: Agreement;
  readonly after: Agreement;
}

/** Pixels looked at per shift, over all images: on the grid, on the way up from it, and for the last steps. The winner is looked at whole. */
const coarseSize = 2048;
const sampleSize = 8192;
const fineSize = 32_768;

/** Shifts of up to a quarter of each axis are tried, so many steps of a coarse grid to each side of no shift. */
const steps = { 1: 512, 2: 32, 3: 6 } as const;

/** Spacing of the finest grid, and the last step on the way up from it: single pixels are told apart at the end only. */
const finest = 2;

/** Above this agreement the target is so near its place that going uphill from no shift leads there. */
const nearby = 0.3;

/** So many of the coarse peaks are followed up, and only those that agree this well. */
const followed = 3;
const promising = 0.1;

/** Below this agreement, on the way up, a shift is an accident and is not worked out: the target is said to lie best where it is. */
const worthwhile = 0.2;

/**
 * Search of all whole shifts, coarse to fine, by Cohen's kappa: the overlap of the label maps less what the class frequencies
 * give by chance, which is their cross-correlation with the means removed.
 */
export const bestShift: DerivedMeasure<BestShift> = derived({
  id: 'best-shift',
  needs: { decisions, confusion },
  compute(values, source) {
    const { spatial, images } = source;
    const { decided, labels, rows } = values.decisions;
    const reach = spatial.map((length) => Math.floor(length / 4));
    const counts = emptyCounts(rows);
    const agreeing = (size: number): ((offset: readonly number[]) => number) => {
      const sample = spreadSample(spatial, Math.ceil(size / images));
      const picked = decided.map((own) => valuesAt(own, sample));
      return (offset) => {
        counts.fill(0);
        const reading = shiftedReading(spatial, offset);
        picked.forEach((own, image) => {
          const truth = labels[image];
          if (truth !== undefined) countAgreement(own, truth, sample, reading, rows, counts);
        });
        return agreementOf(counts, rows).kappa;
      };
    };
    const kappaAt = remembered(agreeing(sampleSize));
    const origin = spatial.map(() => 0);
    const perSide = steps[spatial.length as 1 | 2 | 3] ?? 6;
    const grid = reach.map((length) => Math.max(finest, Math.floor(length / perSide)));
    const spacing = Math.max(...grid);
    const first = Math.max(8, spacing);
    const beyond = gridOffsets(reach, grid).filter((offset) => distance(offset, origin) > first);
    const far = kappaAt(origin) >= nearby ? [] : peaks(beyond, 3 * spacing, agreeing(coarseSize));
    const climbed = [
      climb(origin, [first, finest], reach, kappaAt),
      ...far.map((start) => climb(start, [spacing, finest], reach, kappaAt)),
    ];
    const near = climbed.reduce((best, it) => (kappaAt(it) > kappaAt(best) ? it : best), origin);
    const offset =
      near === origin || !(kappaAt(near) >= worthwhile)
        ? origin
        : climb(near, [finest, 1], reach, remembered(agreeing(fineSize)));
    const now = agreementNow(values.confusion, () => values.decisions, spatial);
    const moved = (): Agreement => wholeAgreement(values.decisions, () => shiftedReading(spatial, offset));
    return { offset, now, after: offset === origin ? now : moved() };
  },
});

/** Asks for each offset once. */
function remembered(ask: (offset: readonly number[]) => number): (offset: readonly number[]) => number {
  const known = new Map<string, number>();
  return (offset) => {
    const key = offset.join();
    const kappa = known.get(key) ?? ask(offset);
    known.set(key, kappa);
    return kappa;
  };
}

/** All offsets of a grid of the given spacing. */
function gridOffsets(reach: readonly number[], grid: readonly number[]): number[][] {
  return reach.reduce<number[][]>(
    (offsets, most, axis) => {
      const step = grid[axis] ?? 1;
      const sides = Math.floor(most / step);
      const line = Array.from({ length: 2 * sides + 1 }, (_, k) => (k - sides) * step);
      return offsets.flatMap((offset) => line.map((x) => [...offset, x]));
    },
    [[]],
  );
}

/** The longest step along any axis from one offset to another. */
function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((x, axis) => Math.abs(x - (b[axis] ?? 0))));
}

/** The offsets that agree best, each of them so far from the others that it is a peak of its own. */
function peaks(
  offsets: readonly number[][],
  apart: number,
  kappaAt: (offset: readonly number[]) => number,
): number[][] {
  const chosen: number[][] = [];
  const ranked = offsets
    .map((offset) => ({ offset, kappa: kappaAt(offset) }))
    .filter(({ kappa }) => kappa >= promising)
    .sort((a, b) => b.kappa - a.kappa);
  for (const { offset } of ranked) {
    if (chosen.length < followed && chosen.every((it) => distance(it, offset) > apart)) chosen.push(offset);
  }
  return chosen;
}

/** Goes from an offset to better ones beside it, by ever smaller steps, until none is better. */
function climb(
  start: readonly number[],
  [first, last]: readonly [number, number],
  reach: readonly number[],
  kappaAt: (offset: readonly number[]) => number,
): readonly number[] {
  let here = start;
  for (let step = first; step >= last; step >>= 1) {
    for (let better: readonly number[] | undefined = here; better !== undefined; ) {
      const around: number[][] = gridOffsets(
        here.map(() => step),
        here.map(() => step),
      ).map((move) => here.map((x, axis) => x + (move[axis] ?? 0)));
      better = around
        .filter((offset) => offset.every((x, axis) => Math.abs(x) <= (reach[axis] ?? 0)))
        .find((offset) => kappaAt(offset) > kappaAt(here));
      if (better !== undefined) here = better;
    }
  }
  return here;
}
