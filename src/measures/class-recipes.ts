/** Pixels per class to weight per class; absent classes get weight 0. */
export type WeightRecipe = (pixels: readonly number[]) => number[];

/** Weights of the present classes scaled so that the pixels' weights average to 1. */
function normalised(pixels: readonly number[], weight: (frequency: number, n: number) => number): number[] {
  const valid = pixels.reduce((a, b) => a + b, 0);
  const raw = pixels.map((n) => (n > 0 ? weight(n / valid, n) : 0));
  const mean = raw.reduce((sum, w, c) => sum + w * (pixels[c] ?? 0), 0) / valid;
  return raw.map((w) => (w > 0 ? w / mean : 0));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
}

/** The usual ways to make class weights from class frequencies f. */
export const weightRecipes: Readonly<Record<string, WeightRecipe>> = {
  /** 1/f as it is. */
  'inverse-frequency': (pixels) => {
    const valid = pixels.reduce((a, b) => a + b, 0);
    return pixels.map((n) => (n > 0 ? valid / n : 0));
  },
  /** 1/f, scaled: every class gets the same share of the weighted loss. */
  balanced: (pixels) => normalised(pixels, (f) => 1 / f),
  /** 1/sqrt(f): half way, in logarithms, between balanced and none. */
  'sqrt-inverse': (pixels) => normalised(pixels, (f) => 1 / Math.sqrt(f)),
  /** median(f) / f. Eigen & Fergus 2015, arXiv 1411.4734. */
  'median-frequency': (pixels) => {
    const valid = pixels.reduce((a, b) => a + b, 0);
    const middle = median(pixels.filter((n) => n > 0).map((n) => n / valid));
    return pixels.map((n) => (n > 0 ? (middle * valid) / n : 0));
  },
  /** (1 - b) / (1 - b^n), b = 0.9999. Cui et al. 2019, arXiv 1901.05555. */
  'effective-number': (pixels) => normalised(pixels, (_, n) => (1 - 0.9999) / (1 - 0.9999 ** n)),
  /** 1 / ln(1.02 + f). Paszke et al. 2016 (ENet), arXiv 1606.02147. */
  enet: (pixels) => {
    const valid = pixels.reduce((a, b) => a + b, 0);
    return pixels.map((n) => (n > 0 ? 1 / Math.log(1.02 + n / valid) : 0));
  },
};
