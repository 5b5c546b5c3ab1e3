import { type SweptMeasure, swept } from '../core/index.ts';
import { classMass, classMassGradient } from '../kernels/index.ts';
import { addInto } from './_curve.ts';
import type { TargetPicture } from './target-pictures.ts';

/** Of one image: sum g_k p_l for every pair of classes, at [k * channels + l], and sum g_k. */
export interface ClassMasses {
  readonly mass: Float64Array;
  readonly counts: Float64Array;
}

/** How much probability each class gives to every other: a soft confusion matrix per image. */
export const classMasses: SweptMeasure<readonly ClassMasses[]> = swept({
  id: 'class-masses',
  start: ({ channels }) => ({ mass: new Float64Array(channels ** 2), counts: new Float64Array(channels) }),
  tile({ mass, counts }, tile) {
    const { labels, targets, channels, stride, count } = tile;
    classMass(tile.probabilities(), labels, targets, mass, counts, channels, stride, count);
  },
  merge(into, from) {
    addInto(into.mass, from.mass);
    addInto(into.counts, from.counts);
  },
  finish: (states): readonly ClassMasses[] => states,
  predicted: ({ hit, miss }, { images, channels, sum }) =>
    Array.from({ length: images }, (_, image) => {
      const counts = sum.slice(image * channels, (image + 1) * channels);
      const mass = new Float64Array(channels ** 2).map((_value, at) => {
        const [k, l] = [Math.floor(at / channels), at % channels];
        return (counts[k] ?? 0) * ((k === l ? hit[l] : miss[l]) ?? 0);
      });
      return { mass, counts };
    }),
});

/** The gradient at the probabilities of a function of the masses, from its slopes [k * channels + l] per image. */
export function massGradient(
  pictures: readonly TargetPicture[],
  slopes: readonly Float64Array[],
  channels: number,
): Float64Array[] {
  return pictures.map(({ labels, targets }, image) => {
    const out = new Float64Array(channels * labels.length);
    classMassGradient(labels, targets, slopes[image] ?? new Float64Array(channels ** 2), channels, out);
    return out;
  });
}
