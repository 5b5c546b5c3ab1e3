import type { Reals } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { gatherTile, partAt, type Stack } from '../measure/arrays.ts';
import { isWide, rowLength, tileLength } from '../measure/case.ts';

/** A run of pixels of one image with the values of all channels as stored: channel c of pixel i at `c * stride + i`. */
export interface StoredTile {
  readonly scores: Reals;
  readonly stride: number;
  readonly image: number;
  readonly count: number;
}

/** Tiles that every image of a stack is read in. */
export function tilesPerImage({ channels, spatial }: Stack): number {
  return Math.ceil(spatial.reduce((a, b) => a * b, 1) / tileLength(channels));
}

/** Visits all pixels of a stack tile by tile, or those tiles that are wanted; the array of values is used again by the next tile. */
export function eachTile(
  stack: Stack,
  visit: (tile: StoredTile) => void,
  wanted: (tile: number) => boolean = () => true,
): void {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const length = tileLength(channels);
  const perImage = tilesPerImage(stack);
  const workspace = kernel.openWorkspace(isWide(stack) ? 'double' : 'single', 3 * channels * length);
  const stride = rowLength(length, workspace.step);
  const scores = workspace.reals(channels * stride);
  for (let tile = 0; tile < images * perImage; tile++) {
    if (!wanted(tile)) continue;
    const { image, part } = partAt(stack, perImage, tile);
    const start = part * length;
    const count = Math.min(length, pixels - start);
    gatherTile(stack, image, start, count, scores, stride);
    visit({ scores, stride, image, count });
  }
  workspace.close();
}
