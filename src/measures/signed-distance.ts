import { type DerivedMeasure, derived, type Reals, type SweptMeasure, swept } from '../core/index.ts';
import { sumSides, sumSigned } from '../kernels/index.ts';
import { addInto, times, total } from './_curve.ts';
import { MaskRoom } from './_mask-room.ts';
import { edgeSquares } from './edge-squares.ts';

/** Signed distance of every pixel to the boundary of each class, negative inside, as signed squares. */
export interface SignedMaps {
  readonly squares: readonly Reals[];
  /** The distance is d outside and ring - d inside. */
  readonly ring: number;
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
    needs: { squares: edgeSquares(spacing) },
    compute({ squares }, source, view) {
      const { images, channels, pixels, spatial, precision } = source;
      const ring = kind === 'kervadec' ? 1 : 0;
      const [inside, outside] = [new Float64Array(channels), new Float64Array(channels)];
      const room = new MaskRoom(precision, spatial, spacing);
      const [labels, own] = [room.integers(), room.picture()];
      for (let image = 0; image < images; image++) {
        labels.set(source.labels(image, view));
        for (let c = 0; c < channels; c++) {
          own.set(squares[image]?.subarray(c * pixels, (c + 1) * pixels) ?? []);
          const sums = sumSides(own, labels, ring);
          inside[c] = (inside[c] ?? 0) + sums.inside;
          outside[c] = (outside[c] ?? 0) + sums.outside;
        }
      }
      room.close();
      const valid = source.totals(view).valid.reduce((a, b) => a + b, 0);
      return { squares, ring, inside, outside, valid };
    },
  });
}

/** Sum of p times a map, per channel. */
export function mappedSums(map: DerivedMeasure<SignedMaps>): SweptMeasure<Float64Array> {
  return swept({
    id: `mapped-sums ${map.id}`,
    needs: { map },
    start: ({ channels, pixels }) => ({ sums: new Float64Array(channels), pixels }),
    tile({ sums, pixels }, tile, { map: { squares, ring } }) {
      const { labels, image, start, channels, stride, count } = tile;
      const [p, run] = [tile.probabilities(), tile.scratch('squares of a run', stride)];
      for (let c = 0; c < channels; c++) {
        const from = c * pixels + start;
        run.set(squares[image]?.subarray(from, from + count) ?? []);
        sums[c] = (sums[c] ?? 0) + sumSigned(p.subarray(c * stride, (c + 1) * stride), run, labels, ring, count);
      }
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
