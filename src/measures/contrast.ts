import { type SweptMeasure, swept } from '../core/index.ts';
import { contrast as contrastKernel } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';

/** How differently a two-class prediction treats object and background; NaN for a side without pixels. */
export interface Contrast {
  /** Mean probability of the foreground where the target marks it, and elsewhere. */
  readonly inside: number;
  readonly outside: number;
}

/** The mean foreground probability inside and outside the target's object, of targets with two classes. */
export const contrast: SweptMeasure<Contrast> = swept({
  id: 'contrast',
  start: () => new Float64Array(4),
  tile(state, tile) {
    const { labels, targets, channels, stride, count } = tile;
    if (channels > 2 || (targets !== null && channels === 2)) return;
    contrastKernel(tile.probabilities(), (channels - 1) * stride, labels, targets, state, count);
  },
  merge: addInto,
  finish(states) {
    const [background = 0, outside = 0, foreground = 0, inside = 0] = total(states, 4);
    return { inside: inside / foreground, outside: outside / background };
  },
});
