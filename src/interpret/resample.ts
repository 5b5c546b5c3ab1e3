import { elementCount, ndarray } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack, stack } from '../measure/arrays.ts';

/** A copy of a stack, every channel resampled linearly to another size. */
export function resampled(it: Stack, spatial: readonly number[]): Stack {
  const { images, channels } = it;
  const size = elementCount(spatial);
  const out = new Float32Array(images * channels * size);
  const whole = new Float64Array(elementCount(it.spatial));
  for (let at = 0; at < images * channels; at++) {
    kernel.gather(plane(it, Math.floor(at / channels), at % channels), 0, whole.length, whole, 0);
    let values: ArrayLike<number> = whole;
    const shape = [...it.spatial];
    spatial.forEach((length, axis) => {
      const [outer, inner] = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis + 1))];
      values = kernel.resampleAxis(values, outer, shape[axis] ?? 1, inner, length);
      shape[axis] = length;
    });
    out.set(values, at * size);
  }
  return stack(ndarray(out, [images, channels, ...spatial], 'float32'), `NC${'DHW'.slice(-spatial.length)}`);
}
