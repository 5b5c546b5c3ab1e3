import { type SweptMeasure, swept } from '../core/index.ts';
import { sumChannels } from '../kernels/index.ts';
import { addInto, times, total } from './_curve.ts';

/** Sum over the valid pixels of -ln p_k for every channel k: what label smoothing spreads over all classes. */
export const channelLogs: SweptMeasure<Float64Array> = swept({
  id: 'channel-logs',
  start: (subject) => new Float64Array(subject.channels),
  tile(state, tile) {
    sumChannels(tile.negLogP(), tile.labels, state, tile.channels, tile.stride, tile.count);
  },
  merge: addInto,
  finish: (states, subject) => total(states, subject.channels),
  predicted(predictor, totals) {
    const out = new Float64Array(totals.channels);
    for (let image = 0; image < totals.images; image++) {
      for (let c = 0; c < totals.channels; c++) {
        const members = totals.count[image * totals.channels + c] ?? 0;
        const others = (totals.valid[image] ?? 0) - members;
        const inside = times(members, -Math.log(predictor.hit[c] ?? 0));
        out[c] = (out[c] ?? 0) + inside + times(others, -Math.log(predictor.miss[c] ?? 0));
      }
    }
    return out;
  },
});
