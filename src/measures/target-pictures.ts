import { type Case, type DerivedMeasure, derived, type Labels, type View } from '../core/index.ts';

/** The target of one image, for gradients that depend on the pixel through it alone. */
export interface TargetPicture {
  /** Class id per pixel (0 for dense targets), negative where ignored. */
  readonly labels: Labels;
  /** Value per channel and pixel; null for class ids. */
  readonly targets: Float64Array | null;
}

/** The targets of all images. */
export const targetPictures: DerivedMeasure<readonly TargetPicture[]> = derived({
  id: 'target-pictures',
  ofTarget: true,
  needs: {},
  compute: (_values, source: Case, view: View) =>
    Array.from({ length: source.images }, (_, image) => {
      const targets = source.targets(image, view);
      const labels = source.labels(image, view);
      return { labels: targets === null ? labels : labels.map((y) => Math.min(y, 0)), targets };
    }),
});
