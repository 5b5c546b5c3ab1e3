import { lacksBackground, ndarray } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack, stack } from '../measure/arrays.ts';
import { areClasses } from './choose.ts';
import { isPicture, type Pairing } from './layout.ts';
import { profileTarget } from './target-profile.ts';

/** One-hot channels that are not as many as the prediction has, the rule that says so, and the channels that would fit. */
export interface ChannelGap {
  readonly rule: 'target-not-one-hot' | 'label-out-of-range';
  readonly mended: (() => Stack) | null;
}

/** A few pixels in several classes are slips of a resize. */
const overlapLimit = 1e-3;

/** What is wrong between arrays that differ in the number of channels alone, where the target's are one-hot; null for all others. */
export function channelGap(pairing: Pairing, counts: kernel.ValueCounts): ChannelGap | null {
  const { prediction, target } = pairing;
  const alike = prediction.images === target.images && prediction.spatial.join() === target.spatial.join();
  const several = prediction.channels > 1 && target.channels > 1 && !isPicture(target);
  if (!alike || !several || counts.min < 0 || counts.max > 1 || counts.integers < prediction.images) return null;
  const profile = profileTarget(target, counts, []);
  const exclusive = profile.integers === 1 && (profile.channelSums?.several ?? 1) <= overlapLimit;
  // [5, H, W] against [4, H, W] may be images as well.
  if (!exclusive || !(target.array.shape.length > 3 || areClasses(pairing))) return null;
  const { channels } = prediction;
  if (target.channels < channels) {
    const background = lacksBackground(profile);
    return { rule: 'target-not-one-hot', mended: () => withChannels(target, channels, background) };
  }
  const one = target.channels === channels + 1;
  return { rule: 'label-out-of-range', mended: one ? () => withoutFirst(target) : null };
}

/** One-hot channels with empty ones behind them, and where wanted a first one for the pixels of no class, up to a number. */
function withChannels(target: Stack, channels: number, background: boolean): Stack {
  const { images, spatial } = target;
  const size = spatial.reduce((a, b) => a * b, 1);
  const out = new Uint8Array(images * channels * size);
  const [values, sum] = [new Float64Array(size), new Float64Array(size)];
  for (let image = 0; image < images; image++) {
    sum.fill(0);
    for (let c = 0; c < target.channels; c++) {
      kernel.gather(plane(target, image, c), 0, size, values, 0);
      kernel.add(sum, values, sum, 1, size, size);
      out.set(values, (image * channels + c + Number(background)) * size);
    }
    if (!background) continue;
    kernel.affine(sum, -1, 1, values, 1, size, size);
    out.set(values, image * channels * size);
  }
  return stack(ndarray(out, [images, channels, ...spatial], 'uint8'), `NC${'DHW'.slice(-spatial.length)}`);
}

/** The channels without the first, the background. */
function withoutFirst(target: Stack): Stack {
  return { ...target, first: target.first + target.channelStride, channels: target.channels - 1 };
}
