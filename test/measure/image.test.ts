import { expect, test } from 'vitest';
import { lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { caseOf, evaluate, type Picture } from '../_arrays.ts';

const channels = 3;
const pixels = 12;
const prediction = Float64Array.from({ length: 3 * channels * pixels }, (_, at) => 2 * Math.sin(7 * at));
const target = Uint8Array.from({ length: 3 * pixels }, (_, at) => (at * at + at) % channels);
const batch: Picture = { prediction, target, spatial: [3, 4], images: 3, channels, ignore: [2] };

test.each(['ce', 'dice', 'dice + 0.5*focal', 'boundary'])(
  '%s of one image is that of a file with this image only',
  (loss) => {
    const whole = caseOf(batch);
    for (const image of [0, 1, 2]) {
      const alone = evaluate(
        {
          ...batch,
          images: 1,
          prediction: prediction.slice(image * channels * pixels, (image + 1) * channels * pixels),
          target: target.slice(image * pixels, (image + 1) * pixels),
        },
        loss,
      );
      expect(lossValue(alone.spec, new Measurements(whole.image(image)), alone.wired).value).toBe(alone.value);
    }
  },
);
