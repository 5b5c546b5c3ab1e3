import { type DerivedMeasure, derived } from '../core/index.ts';
import { countRamps, noRamps, type RampCounts } from '../kernels/index.ts';
import { eachPlane } from './_planes.ts';

export type Ramps = RampCounts;

/** How the stored labels change along rows and columns: at once, or by way of labels in between as a linear resize leaves them. */
export const targetRamps: DerivedMeasure<Ramps> = derived({
  id: 'target-ramps',
  ofTarget: true,
  needs: {},
  compute(_values, source) {
    const counts = noRamps();
    const step = source.target.profile.integers < 1 ? 1 : 2;
    eachPlane(source, (values, shape) => countRamps(values, shape, step, counts));
    return counts;
  },
});
