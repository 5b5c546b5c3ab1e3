import { type DerivedMeasure, derived } from '../core/index.ts';
import { total } from './_curve.ts';

/** What the target says, counted. */
export interface ImageClasses {
  readonly images: number;
  /** Valid pixels per image and row of the class table, [image * rows + row]. */
  readonly perImage: Float64Array;
  /** The same over all images. */
  readonly pixels: Float64Array;
  /** Pixels that have a class, and pixels left out, per image. */
  readonly valid: Float64Array;
  readonly ignored: Float64Array;
  /** Pixels whose label is neither a class nor ignored, over all images. */
  readonly unknown: number;
}

/** Pixels per class, image by image. For multi-label targets a pixel counts once for each of its classes. */
export const imageClasses: DerivedMeasure<ImageClasses> = derived({
  id: 'image-classes',
  ofTarget: true,
  needs: {},
  compute(_values, source, view) {
    const { images, valid, ignored, unknown, count } = source.totals(view);
    const { rows, kind } = source;
    const perImage = Float64Array.from({ length: images * rows }, (_, cell) => {
      const image = Math.floor(cell / rows);
      if (kind !== 'binary') return count[cell] ?? 0;
      const foreground = count[image] ?? 0;
      return cell % rows === 1 ? foreground : (valid[image] ?? 0) - foreground;
    });
    const rowsOf = Array.from({ length: images }, (_, image) => perImage.slice(image * rows, (image + 1) * rows));
    return { images, perImage, pixels: total(rowsOf, rows), valid, ignored, unknown };
  },
});
