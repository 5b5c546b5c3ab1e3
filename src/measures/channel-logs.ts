import { type Curve, curveKey, type SweptMeasure, swept } from '../core/index.ts';
import { curveValue, sumChannels } from '../kernels/index.ts';
import { addInto, curveNumbers, times, total } from './_curve.ts';

/** Sum over the valid pixels of curve(-ln p_k) for every channel k: what label smoothing spreads over all classes. */
export function channelLogs(curve: Curve): SweptMeasure<Float64Array> {
  const numbers = curveNumbers(curve);
  return swept({
    id: `channel-logs ${curveKey(curve)}`,
    given: [curve],
    start: (subject) => new Float64Array(subject.channels),
    tile(state, tile) {
      sumChannels(tile.negLogP(), tile.labels, numbers, state, tile.channels, tile.stride, tile.count);
    },
    merge: addInto,
    finish: (states, subject) => total(states, subject.channels),
    predicted(predictor, totals) {
      const f = (p = 0): number => curveValue(-Math.log(p), numbers);
      const out = new Float64Array(totals.channels);
      for (let image = 0; image < totals.images; image++) {
        for (let c = 0; c < totals.channels; c++) {
          const members = totals.count[image * totals.channels + c] ?? 0;
          const others = (totals.valid[image] ?? 0) - members;
          out[c] = (out[c] ?? 0) + times(members, f(predictor.hit[c])) + times(others, f(predictor.miss[c]));
        }
      }
      return out;
    },
  });
}
