import { type SweptMeasure, swept } from '../core/index.ts';
import { overlapColumns } from '../kernels/index.ts';
import { addInto } from './_curve.ts';
import { overlapParts, overlapRoom, tileOverlap } from './_overlap.ts';

/** Sums per image and channel over the valid pixels, at [image * channels + channel]; p probability, g target. */
export interface OverlapSums {
  readonly images: number;
  readonly channels: number;
  readonly p: Float64Array;
  readonly g: Float64Array;
  readonly pg: Float64Array;
  readonly pp: Float64Array;
  readonly gg: Float64Array;
  /** sum (g - p)^2 g and sum (g - p)^2 (1 - g): the two halves of the sensitivity-specificity loss. */
  readonly errorIn: Float64Array;
  readonly errorOut: Float64Array;
  /** sum (p g)^2, sum (p (1 - g))^2 and sum ((1 - p) g)^2: squared true and false positives and false negatives. */
  readonly hit: Float64Array;
  readonly excess: Float64Array;
  readonly miss: Float64Array;
  /** sum p and sum p^2 over the ignored pixels. */
  readonly ignoredP: Float64Array;
  readonly ignoredPP: Float64Array;
  readonly valid: Float64Array;
}

const columns = ['p', 'pg', 'pp', 'errorIn', 'errorOut', 'hit', 'excess', 'miss'] as const;

/** What region losses are made of: soft true positives, false positives and false negatives. */
export const overlap: SweptMeasure<OverlapSums> = swept({
  id: 'overlap',
  start: ({ channels }) => new Float64Array(overlapRoom(channels)),
  tile(state, tile) {
    addInto(state, tileOverlap(tile));
  },
  merge: addInto,
  finish(rooms, { channels }) {
    const states = rooms.map((room) => overlapParts(room, channels));
    const cells = states.length * channels;
    const gather = (value: (state: (typeof states)[number], channel: number) => number): Float64Array =>
      Float64Array.from({ length: cells }, (_, at) => {
        const state = states[Math.floor(at / channels)];
        return state === undefined ? 0 : value(state, at % channels);
      });
    const column = (k: number): Float64Array => gather((state, c) => state.sums[c * overlapColumns + k] ?? 0);
    const [p, pg, pp, errorIn, errorOut, hit, excess, miss] = columns.map((_, k) => column(k)) as Column[] as Eight;
    return {
      images: states.length,
      channels,
      p,
      pg,
      pp,
      errorIn,
      errorOut,
      hit,
      excess,
      miss,
      g: gather((state, c) => state.totals[2 * c] ?? 0),
      gg: gather((state, c) => state.totals[2 * c + 1] ?? 0),
      ignoredP: gather((state, c) => state.ignored[2 * c] ?? 0),
      ignoredPP: gather((state, c) => state.ignored[2 * c + 1] ?? 0),
      valid: Float64Array.from(states, (state) => state.totals[2 * channels] ?? 0),
    };
  },
  predicted(predictor, totals) {
    const { images, channels } = totals;
    const make = (value: (cell: Cell) => number): Float64Array =>
      Float64Array.from({ length: images * channels }, (_, at) => {
        const c = at % channels;
        const members = totals.count[at] ?? 0;
        const valid = totals.valid[Math.floor(at / channels)] ?? 0;
        return value({
          q: predictor.hit[c] ?? 0,
          r: predictor.miss[c] ?? 0,
          members,
          others: valid - members,
          t: totals.sum[at] ?? 0,
          tt: totals.square[at] ?? 0,
          s: totals.restSum[at] ?? 0,
          ss: totals.restSquare[at] ?? 0,
          ignored: totals.ignored[Math.floor(at / channels)] ?? 0,
        });
      });
    // Within a group all targets are taken as their mean: exact for hard targets and for any two-valued ones.
    const error = (x: Cell, weight: (g: number) => number): number => {
      const g = x.members === 0 ? 0 : x.t / x.members;
      const h = x.others === 0 ? 0 : x.s / x.others;
      return x.members * (g - x.q) ** 2 * weight(g) + x.others * (h - x.r) ** 2 * weight(h);
    };
    return {
      images,
      channels,
      p: make((x) => x.q * x.members + x.r * x.others),
      g: make((x) => x.t + x.s),
      pg: make((x) => x.q * x.t + x.r * x.s),
      pp: make((x) => x.q ** 2 * x.members + x.r ** 2 * x.others),
      gg: make((x) => x.tt + x.ss),
      errorIn: make((x) => error(x, (g) => g)),
      errorOut: make((x) => error(x, (g) => 1 - g)),
      hit: make((x) => x.q ** 2 * x.tt + x.r ** 2 * x.ss),
      excess: make((x) => x.q ** 2 * (x.members - 2 * x.t + x.tt) + x.r ** 2 * (x.others - 2 * x.s + x.ss)),
      miss: make((x) => (1 - x.q) ** 2 * x.tt + (1 - x.r) ** 2 * x.ss),
      ignoredP: make((x) => x.r * x.ignored),
      ignoredPP: make((x) => x.r ** 2 * x.ignored),
      valid: totals.valid,
    };
  },
});

/** Columns that hold products of prediction and target. */
const products = ['pg', 'errorIn', 'errorOut', 'hit', 'excess', 'miss'] as const;

/** The sums of several ways to pair the images in one: of the products alone, or of prediction and target too. */
export function addedUp(all: readonly OverlapSums[], which: 'products' | 'all'): OverlapSums {
  const [first] = all;
  if (first === undefined) throw new Error('nothing to add up');
  const names = which === 'products' ? products : ([...products, 'p', 'g', 'pp', 'gg'] as const);
  const sums = names.map((name) => [
    name,
    first[name].map((_, at) => all.reduce((sum, it) => sum + (it[name][at] ?? 0), 0)),
  ]);
  return { ...first, ...Object.fromEntries(sums) };
}

type Column = Float64Array;
type Eight = [Column, Column, Column, Column, Column, Column, Column, Column];

/** A group of pixels that one probability is given to, and the sums of its targets. */
interface Cell {
  readonly q: number;
  readonly r: number;
  readonly members: number;
  readonly others: number;
  readonly t: number;
  readonly tt: number;
  readonly s: number;
  readonly ss: number;
  readonly ignored: number;
}
