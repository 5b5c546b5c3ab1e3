import { type DerivedMeasure, derived } from '../core/index.ts';
import { collect, type Sparse } from '../kernels/index.ts';
import { fillTarget } from './_channels.ts';
import { SoftSkeleton } from './_soft-skeleton.ts';

/** Soft skeletons of the target, per image and channel from the first on: centre lines, which are 0 nearly everywhere. */
export function targetSkeletons(iterations: number, first: number): DerivedMeasure<readonly (readonly Sparse[])[]> {
  return derived({
    id: `target-skeletons ${iterations} from ${first}`,
    ofTarget: true,
    needs: {},
    compute(_, source, view) {
      const { images, channels, spatial, precision } = source;
      const room = new SoftSkeleton(precision, spatial, { iterations, taped: false, further: 5 });
      const [labels, places] = [room.integers(), room.integers()];
      const [picture, values, spare] = [room.picture(), room.picture(), room.picture()];
      const found = Array.from({ length: images }, (_, image) => {
        labels.set(source.labels(image, view));
        const targets = source.targets(image, view);
        return Array.from({ length: Math.max(0, channels - first) }, (_, k) => {
          fillTarget(targets, labels, first + k, picture, spare);
          return collect(room.of(picture), places, values);
        });
      });
      room.close();
      return found;
    },
  });
}
