import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { addSparse, blend, type Sparse, sparseProduct, sparseSum, sumCovered } from '../kernels/index.ts';
import { fillChannel, fillTarget } from './_channels.ts';
import { roomForMap } from './_maps.ts';
import { isHard } from './_predicted.ts';
import { SoftSkeleton } from './_soft-skeleton.ts';
import { targetSkeletons } from './target-skeletons.ts';
import { type WholeImage, wholeImages } from './whole-images.ts';

/** Sums over the channels from the first on; S p the soft skeleton of the prediction, S g that of the target. */
export interface SkeletonSums {
  /** sum S p g, sum S p, sum S g p, sum S g. */
  readonly inside: number;
  readonly predicted: number;
  readonly covered: number;
  readonly target: number;
}

type Factors = readonly (readonly [a: number, b: number, c: number])[];

export interface Skeletons {
  readonly images: readonly SkeletonSums[];
  /** The gradient at the probabilities, per image, of inside * a + predicted * b + covered * c. */
  gradient(factors: Factors): readonly Reals[];
}

/** Overlaps of each side with the other's soft skeleton, per image. Ignored pixels are empty on both sides. */
export function skeletons(iterations: number, first: number): DerivedMeasure<Skeletons> {
  return derived({
    id: `skeletons ${iterations} from ${first}`,
    needs: { images: wholeImages, lines: targetSkeletons(iterations, first) },
    compute({ images, lines }, source) {
      const { pixels, spatial, precision } = source;
      const sums = images.map(() => ({ inside: 0, predicted: 0, covered: 0, target: 0 }));
      const each = (taped: boolean, visit: (pair: Pair, image: number) => void): void => {
        const room = new SoftSkeleton(precision, spatial, { iterations, taped, further: 5 });
        eachPair(images, lines, room, first, visit);
        room.close();
      };
      each(false, ({ room, p, g, line }, image) => {
        const own = sums[image] as (typeof sums)[number];
        const { both, all } = sumCovered(room.of(p), g);
        own.inside += both;
        own.predicted += all;
        own.covered += sparseProduct(line, p);
        own.target += sparseSum(line);
      });
      /** The last gradient: losses that are parts of others ask for the same. */
      let kept: { readonly key: string; readonly maps: readonly Reals[] } | undefined;
      return {
        images: sums,
        gradient(factors) {
          const key = factors.join(';');
          if (kept?.key === key) return kept.maps;
          const maps = images.map(() => roomForMap(source));
          each(true, ({ room, p, g, line, labels, channel, spare }, image) => {
            const [a, b, c] = factors[image] ?? [0, 0, 0];
            blend(a, g, b, labels, spare);
            blend(1, room.backward(p, spare), 0, labels, g);
            addSparse(line, c, g);
            maps[image]?.set(g, channel * pixels);
          });
          kept = { key, maps };
          return maps;
        },
      };
    },
    // A constant picture has no skeleton, and the skeleton of the target lies within it.
    predicted({ hit, miss }, totals, { lines }) {
      const perfect = isHard(totals) && hit.every((p) => p === 1) && miss.every((p) => p === 0);
      const whole = totals.unknown === 0 && totals.ignored.every((n) => n === 0);
      const constant = whole && hit.every((p, c) => p === miss[c]);
      if (!perfect && !constant) return null;
      const images = lines.map((own) => {
        const target = own.reduce((all, line) => all + sparseSum(line), 0);
        const covered = own.reduce((all, line, k) => all + (hit[first + k] ?? 0) * sparseSum(line), 0);
        return perfect
          ? { inside: target, predicted: target, covered: target, target }
          : { inside: 0, predicted: 0, covered, target };
      });
      return { images, gradient: () => [] };
    },
  });
}

/** Both sides of a channel, 0 on the ignored pixels, and the skeleton of the target; the arrays may be used up. */
interface Pair {
  readonly room: SoftSkeleton;
  readonly channel: number;
  readonly labels: Int32Array;
  readonly p: Reals;
  readonly g: Reals;
  readonly line: Sparse;
  readonly spare: Reals;
}

function eachPair(
  images: readonly WholeImage[],
  lines: readonly (readonly Sparse[])[],
  room: SoftSkeleton,
  first: number,
  visit: (pair: Pair, image: number) => void,
): void {
  const [labels, p, g, spare] = [room.integers(), room.picture(), room.picture(), room.picture()];
  images.forEach((image, at) => {
    labels.set(image.labels);
    lines[at]?.forEach((line, k) => {
      const channel = first + k;
      fillChannel(image.channel(channel), labels, p, spare);
      fillTarget(image.targets, labels, channel, g, spare);
      visit({ room, channel, labels, p, g, line, spare }, at);
    });
  });
}
