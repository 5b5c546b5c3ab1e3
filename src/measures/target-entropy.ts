import { type DerivedMeasure, derived } from '../core/index.ts';
import { sumLogTargets } from '../kernels/index.ts';

/** Per channel, the sum of t ln t over the target values, of one channel of (1 - t) ln(1 - t) besides: 0 for hard targets. */
export const targetEntropy: DerivedMeasure<Float64Array> = derived({
  id: 'target-entropy',
  ofTarget: true,
  needs: {},
  compute(_, source, view) {
    const { channels, pixels, images } = source;
    const sums = new Float64Array(channels);
    for (let image = 0; image < images; image++) {
      const targets = source.targets(image, view);
      if (targets === null) continue;
      const labels = source.labels(image, view);
      for (let c = 0; c < channels; c++) {
        sums[c] = (sums[c] ?? 0) + sumLogTargets(targets, labels, c * pixels, channels === 1 ? 2 : 1);
      }
    }
    return sums;
  },
});
