import type { Confusion, ImageClasses, OverlapSums } from '../../src/measures/index.ts';

/** Decisions from a matrix of pixels, row by row: truth, then prediction. */
export function confusionOf(rows: readonly (readonly number[])[]): Confusion {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    matrix: Float64Array.from(rows.flat()),
    truth: Float64Array.from(rows, sum),
    predicted: Float64Array.from(rows, (_, k) => sum(rows.map((row) => row[k] ?? 0))),
    agreed: Float64Array.from(rows, (row, k) => row[k] ?? 0),
    valid: sum(rows.map(sum)),
  };
}

/** Pixels per class, one line per image; ignored pixels per image. */
export function classesOf(
  images: readonly (readonly number[])[],
  ignored: readonly number[] = images.map(() => 0),
): ImageClasses {
  const rows = images[0]?.length ?? 0;
  return {
    images: images.length,
    perImage: Float64Array.from(images.flat()),
    pixels: Float64Array.from({ length: rows }, (_, row) => images.reduce((sum, image) => sum + (image[row] ?? 0), 0)),
    valid: Float64Array.from(images, (image) => image.reduce((a, b) => a + b, 0)),
    ignored: Float64Array.from(ignored),
    unknown: 0,
  };
}

/** Values with their pixels, as the profile of a target holds them. */
export function valuesOf(...pairs: readonly (readonly [value: number, pixels: number])[]): Map<number, number> {
  return new Map(pairs);
}

/** Overlap sums from [sum p, sum g, sum p g], one line per image and one triple per channel. */
export function sumsOf(images: readonly (readonly (readonly [p: number, g: number, pg: number])[])[]): OverlapSums {
  const channels = images[0]?.length ?? 0;
  const column = (k: 0 | 1 | 2): Float64Array =>
    Float64Array.from(images.flatMap((image) => image.map((cell) => cell[k])));
  const zeros = new Float64Array(images.length * channels);
  return {
    images: images.length,
    channels,
    p: column(0),
    g: column(1),
    pg: column(2),
    pp: column(0),
    gg: column(1),
    errorIn: zeros,
    errorOut: zeros,
    hit: zeros,
    excess: zeros,
    miss: zeros,
    ignoredP: zeros,
    ignoredPP: zeros,
    valid: new Float64Array(images.length).fill(1e4),
  };
}
