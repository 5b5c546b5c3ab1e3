import type { Reals } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { gatherTile, type Stack } from '../measure/arrays.ts';
import { isNarrow, rowLength, tileLength } from '../measure/case.ts';

/** A run of pixels of one image with the values of all channels as stored: channel c of pixel i at `c * stride + i`. */
interface StoredTile {
  readonly scores: Reals;
  readonly stride: number;
  readonly image: number;
  readonly start: number;
  readonly count: number;
}

/** Visits all pixels of a stack in order, tile by tile; the array of values is used again by the next tile. */
export function eachTile(stack: Stack, visit: (tile: StoredTile) => void): void {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const length = tileLength(channels);
  const workspace = kernel.openWorkspace(isNarrow(stack) ? 'single' : 'double', channels * length);
  const stride = rowLength(length, workspace.step);
  const scores = workspace.reals(channels * stride);
  for (let image = 0; image < images; image++) {
    for (let start = 0; start < pixels; start += length) {
      const count = Math.min(length, pixels - start);
      gatherTile(stack, image, start, count, scores, stride);
      visit({ scores, stride, image, start, count });
    }
  }
  workspace.close();
}
