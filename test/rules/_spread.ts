import type { LossSpread } from '../../src/measures/index.ts';

/** A loss of `mean` per pixel on two images of 10,000 pixels, of which the hardest 1 % carry so much, and the hardest quarter so much. */
export function spreadOf(onePercent: number, quarter = 0.9, mean = 0.2, images = [0.5, 0.5]): LossSpread {
  const total = mean * 20_000;
  return {
    pixels: 20_000,
    total,
    images: images.map((share) => ({ pixels: 20_000 / images.length, total: share * total })),
    shareOn: (part) => (part === 0.01 ? onePercent : part === 0.25 ? quarter : part),
    boundOf: () => 3,
  };
}

/** Bands of distances: share of the loss and of the pixels within 3 px. */
export function bandsOf(loss: number, pixels: number) {
  return [
    { from: 0, to: 1, pixels: pixels / 2, loss: loss / 2 },
    { from: 1, to: 3, pixels: pixels / 2, loss: loss / 2 },
    { from: 3, to: 8, pixels: 0, loss: 0 },
    { from: 8, to: Infinity, pixels: 1 - pixels, loss: 1 - loss },
  ];
}

/** A cross-entropy of two classes with shares of the loss and of the pixels for the second. */
export function likelihoodOf(loss: number, pixels: number) {
  return {
    byRow: Float64Array.from([4000 * (1 - loss), 4000 * loss]),
    weight: Float64Array.from([20_000 * (1 - pixels), 20_000 * pixels]),
    valid: 20_000,
  };
}
