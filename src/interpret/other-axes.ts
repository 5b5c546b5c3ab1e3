import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';

/** Median distance from 1 of the sums along every axis but the class axis; axes of length 1 are left out. */
export function otherAxes(stack: Stack): { axis: string; sumError: number }[] {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const letters = ['D', 'H', 'W'].slice(3 - spatial.length);
  const values = new Float64Array(pixels);
  const out: { axis: string; sumError: number }[] = [];
  if (images > 1) {
    const errors = new Float64Array(kernel.absoluteBins);
    for (let c = 0; c < channels; c++) {
      const sums = new Float64Array(pixels);
      for (let image = 0; image < images; image++) {
        kernel.gather(plane(stack, image, c), 0, pixels, values, 0);
        kernel.add(sums, values, sums, 1, pixels, pixels);
      }
      for (const sum of sums) kernel.addError(sum - 1, errors);
    }
    out.push({ axis: 'N', sumError: median(errors) });
  }
  spatial.forEach((length, axis) => {
    if (length < 2) return;
    const errors = new Float64Array(kernel.absoluteBins);
    const outer = spatial.slice(0, axis).reduce((a, b) => a * b, 1);
    const inner = spatial.slice(axis + 1).reduce((a, b) => a * b, 1);
    for (let image = 0; image < images; image++) {
      for (let c = 0; c < channels; c++) {
        kernel.gather(plane(stack, image, c), 0, pixels, values, 0);
        const sums = new Float64Array(outer * inner);
        kernel.sumAlongAxis(values, outer, length, inner, sums);
        for (const sum of sums) kernel.addError(sum - 1, errors);
      }
    }
    out.push({ axis: letters[axis] ?? '?', sumError: median(errors) });
  });
  return out;
}

function median(errors: Float64Array): number {
  return kernel.absoluteAt(kernel.quantileBin(errors, 0.5));
}
