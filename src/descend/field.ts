import { type Case, ndarray } from '../core/index.ts';
import { gather } from '../kernels/index.ts';
import { plane, stack } from '../measure/arrays.ts';
import { openCase } from '../measure/case.ts';
import type { FreeScores } from './free.ts';
import type { Sample } from './sample.ts';

/** A case over values that may be changed in place: images x channels x pixels. */
export interface Field {
  readonly source: Case;
  readonly values: Float64Array;
  readonly free: FreeScores;
}

/** Copies the sampled prediction and puts the scores behind it in its place. */
export function openField(sample: Sample, free: FreeScores): Field {
  const { subject, prediction, target, mode } = sample;
  const { images, channels, pixels, spatial } = subject;
  const values = new Float64Array(images * channels * pixels);
  for (let image = 0; image < images; image++) {
    for (let c = 0; c < channels; c++) {
      gather(plane(prediction, image, c), 0, pixels, values, (image * channels + c) * pixels);
    }
    free.start(values.subarray(image * channels * pixels, (image + 1) * channels * pixels), channels, pixels);
  }
  const layout = `NC${'DHW'.slice(-spatial.length)}`;
  const own = stack(ndarray(values, [images, channels, ...spatial], 'float64'), layout);
  return { source: openCase(subject, own, target, mode), values, free };
}
