import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { signSquares } from '../kernels/index.ts';
import { fillTarget } from './_channels.ts';
import { roomForMap } from './_maps.ts';
import { MaskRoom } from './_mask-room.ts';

/**
 * Squared distance of every pixel to the boundary of each class of the target, with a minus inside; Infinity where a class is absent or fills
 * the image. Ignored pixels count as outside. Per image, channel c of pixel i at [c * pixels + i].
 */
export function edgeSquares(spacing: readonly number[] | null): DerivedMeasure<readonly Reals[]> {
  return derived({
    id: `edge-squares ${spacing ?? 'pixels'}`,
    ofTarget: true,
    needs: {},
    compute(_, source, view) {
      const { images, channels, pixels, spatial, precision } = source;
      const room = new MaskRoom(precision, spatial, spacing);
      const labels = room.integers();
      const [picture, spare] = [room.picture(), room.picture()];
      const maps = Array.from({ length: images }, (_, image) => {
        const out = roomForMap(source);
        labels.set(source.labels(image, view));
        const targets = source.targets(image, view);
        for (let c = 0; c < channels; c++) {
          fillTarget(targets, labels, c, picture, spare);
          room.squares(picture, spare);
          signSquares(spare, room.members, picture);
          out.set(picture, c * pixels);
        }
        return out;
      });
      room.close();
      return maps;
    },
  });
}
