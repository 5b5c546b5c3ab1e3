import { type DerivedMeasure, derived } from '../core/index.ts';
import { countRamps, noRamps, type RampCounts } from '../kernels/index.ts';

export type Ramps = RampCounts;

/** Pixels that tell enough: of large batches and volumes only every so many planes are looked at. */
const enough = 2 ** 22;

/** How the stored labels change along rows and columns: at once, or by way of labels in between as a linear resize leaves them. */
export const targetRamps: DerivedMeasure<Ramps> = derived({
  id: 'target-ramps',
  ofTarget: true,
  needs: {},
  compute(_values, source) {
    const { images, pixels, spatial } = source;
    const counts = noRamps();
    const step = source.target.profile.integers < 1 ? 1 : 2;
    const plane = spatial.slice(-2).reduce((a, b) => a * b, 1);
    const every = plane * Math.ceil((images * pixels) / enough);
    for (let image = 0; image < images; image++) {
      // The first plane that is due: planes are counted over the images.
      for (let at = (every - ((image * pixels) % every)) % every; at < pixels; at += every) {
        countRamps(source.stored(image, at, plane), spatial.slice(-2), step, counts);
      }
    }
    return counts;
  },
});
