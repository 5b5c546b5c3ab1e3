import type { Case, Reals } from '../core/index.ts';

/** Pixels that tell enough: of large batches and volumes only every so many planes are looked at. */
const enough = 2 ** 22;

/** Shows planes of the stored target, first channel, evenly spread over the images. */
export function eachPlane(source: Case, visit: (values: Reals, shape: readonly number[]) => void): void {
  const { images, pixels, spatial } = source;
  const shape = spatial.slice(-2);
  const plane = shape.reduce((a, b) => a * b, 1);
  const every = plane * Math.ceil((images * pixels) / enough);
  for (let image = 0; image < images; image++) {
    // The first plane that is due: planes are counted over the images.
    for (let at = (every - ((image * pixels) % every)) % every; at < pixels; at += every) {
      visit(source.stored(image, at, plane), shape);
    }
  }
}
