import { type DerivedMeasure, derived } from '../core/index.ts';
import { classMasses } from './class-masses.ts';

/** Mean probability of class k on the pixels of label y, at [y * classes + k]; NaN for labels without pixels. */
export const classContrast: DerivedMeasure<Float64Array> = derived({
  id: 'class-contrast',
  late: true,
  needs: { images: classMasses },
  compute({ images }, { channels }) {
    const means = new Float64Array(channels ** 2);
    for (let y = 0; y < channels; y++) {
      const pixels = images.reduce((sum, { counts }) => sum + (counts[y] ?? 0), 0);
      for (let k = 0; k < channels; k++) {
        means[y * channels + k] = images.reduce((sum, { mass }) => sum + (mass[y * channels + k] ?? 0), 0) / pixels;
      }
    }
    return means;
  },
});
