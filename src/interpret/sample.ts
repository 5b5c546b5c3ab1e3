import { numberAt } from '../kernels/index.ts';
import type { Stack } from '../measure/arrays.ts';

/** Pixels of an image that are looked at, and values in all: each may be a call to the system. */
const mostPixels = 997;
const mostValues = 32_768;

/** Visits the channels of pixels all over a stack; enough of them for what can be told from any few. */
export function eachSample(it: Stack, visit: (values: Float64Array) => void): void {
  const { array, first, channelStride, channels, images, imageStride, spatial, spatialStrides } = it;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const step = Math.max(1, Math.floor(pixels / mostPixels), Math.floor((images * pixels * channels) / mostValues));
  const values = new Float64Array(channels);
  for (let image = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel += step) {
      let at = first + image * imageStride;
      let rest = pixel;
      for (let axis = spatial.length - 1; axis >= 0; axis--) {
        const length = spatial[axis] ?? 1;
        at += (rest % length) * (spatialStrides[axis] ?? 0);
        rest = Math.floor(rest / length);
      }
      for (let c = 0; c < channels; c++) values[c] = numberAt(array.data, at + c * channelStride);
      visit(values);
    }
  }
}
