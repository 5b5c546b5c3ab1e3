import { type DerivedMeasure, derived, type SweptMeasure, swept } from '../core/index.ts';
import { memberMask, signedDistance, squaredDistances, sumMapped } from '../kernels/index.ts';
import { addInto, times, total } from './_curve.ts';

/** Signed distance of every pixel to the boundary of each class: negative inside. */
export interface SignedMaps {
  /** Per image, channel c of pixel i at [c * pixels + i]. */
  readonly maps: readonly Float64Array[];
  /** Sums of the maps over the pixels of the class and over the others, per channel. */
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly valid: number;
}

/**
 * `kervadec`: EDT outside, -(EDT - 1) inside, so that the innermost ring of the boundary is at 0. `symmetric`: EDT outside,
 * -EDT inside. A class that is absent or fills the image has no boundary: its map is 0. Ignored pixels count as outside and
 * carry 0. Kervadec et al. 2019, arXiv 1812.07032.
 */
export function signedMaps(
  kind: 'kervadec' | 'symmetric',
  spacing: readonly number[] | null,
): DerivedMeasure<SignedMaps> {
  return derived({
    id: `signed-maps ${kind} ${spacing ?? 'pixels'}`,
    ofTarget: true,
    needs: {},
    compute(_, source, view) {
      const { images, channels, pixels, spatial } = source;
      const inside = new Float64Array(channels);
      const outside = new Float64Array(channels);
      const members = new Int8Array(pixels);
      const maps: Float64Array[] = [];
      let valid = 0;
      for (let image = 0; image < images; image++) {
        const labels = source.labels(image, view);
        const targets = source.targets(image, view);
        const map = new Float64Array(channels * pixels);
        for (let c = 0; c < channels; c++) {
          memberMask(labels, targets, c, members);
          const squared = squaredDistances(members, spatial, spacing ?? spatial.map(() => 1));
          const sums = signedDistance(squared, members, labels, kind === 'kervadec' ? 1 : 0, map, c * pixels);
          inside[c] = (inside[c] ?? 0) + sums.inside;
          outside[c] = (outside[c] ?? 0) + sums.outside;
        }
        for (const label of labels) if (label >= 0) valid++;
        maps.push(map);
      }
      return { maps, inside, outside, valid };
    },
  });
}

/** Sum of p times a map, per channel. */
export function mappedSums(map: DerivedMeasure<SignedMaps>): SweptMeasure<Float64Array> {
  return swept({
    id: `mapped-sums ${map.id}`,
    needs: { map },
    start: (subject) => ({ sums: new Float64Array(subject.channels), pixels: subject.pixels }),
    tile({ sums, pixels }, tile, needs) {
      const map = needs.map.maps[tile.image];
      if (map === undefined) return;
      const { labels, start, channels, stride, count } = tile;
      sumMapped(tile.probabilities(), labels, map, pixels, start, sums, channels, stride, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
    },
    finish: (states, subject) =>
      total(
        states.map((it) => it.sums),
        subject.channels,
      ),
    predicted: ({ hit, miss }, _totals, _source, { map }) =>
      hit.map((p, c) => times(map.inside[c] ?? 0, p) + times(map.outside[c] ?? 0, miss[c] ?? 0)),
  });
}
