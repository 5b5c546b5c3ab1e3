import { type SweptMeasure, swept } from '../core/index.ts';
import { tailColumns, surpriseTail as tailKernel } from '../kernels/index.ts';
import { curveNumbers } from './_curve.ts';
import { mostSurprise, tileLosses } from './_pixel-losses.ts';

/** The badly missed pixels: surprise is -ln p of the true class. */
export interface SurpriseTail {
  readonly pixels: number;
  readonly total: number;
  readonly largest: number;
  /** Pixels with p < 1e-4 for the true class, and their summed surprise. */
  readonly heavy: number;
  readonly heavySum: number;
  /** Pixels whose true class has a probability that rounds to 0 in float32. */
  readonly impossible: number;
  /** Pixels whose true class has a probability that rounds to 1 in float32. */
  readonly certain: number;
}

/** -ln of the point between 1 and the float32 below it. */
const nearOne = -Math.log1p(-(2 ** -25));
const log = curveNumbers({ id: 'log' });

/** How much of the loss sits on pixels whose true class is all but excluded. Binary and exclusive targets. */
export const surpriseTail: SweptMeasure<SurpriseTail> = swept({
  id: 'surprise-tail',
  start: () => new Float64Array(tailColumns),
  tile(state, tile) {
    if (tile.targets === null || tile.channels === 1) {
      tailKernel(tileLosses(tile, null, log), tile.rows(), mostSurprise, state, tile.count, nearOne);
    }
  },
  merge(into, from) {
    for (let k = 0; k < tailColumns; k++) {
      const [a, b] = [into[k] ?? 0, from[k] ?? 0];
      into[k] = k === 2 ? Math.max(a, b) : a + b;
    }
  },
  finish(states) {
    const column = (k: number): number[] => states.map((it) => it[k] ?? 0);
    const sum = (k: number): number => column(k).reduce((a, b) => a + b, 0);
    return {
      pixels: sum(0),
      total: sum(1),
      largest: Math.max(0, ...column(2)),
      heavy: sum(3),
      heavySum: sum(4),
      impossible: sum(5),
      certain: sum(6),
    };
  },
});
