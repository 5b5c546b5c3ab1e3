/** One-hot targets with another number of channels than the prediction. */
import { array, declared, oneHot, plain, scores } from '../drafts.ts';
import { frequencies } from '../networks.ts';
import type { Situation } from '../situations.ts';
import { type Defect, severalChannels } from './_defect.ts';

/** The channels of an array from `first` on, `count` of them. */
function channelsOf(
  { images, channels, pixels, shape }: Situation,
  values: ArrayLike<number>,
  first: number,
  count: number,
) {
  const own = Array.from(values).filter((_, at) => {
    const channel = Math.floor(at / pixels) % channels;
    return channel >= first && channel < first + count;
  });
  return array(own, [images, count, ...shape], 'float32');
}

export const targetChannels: readonly Defect[] = [
  {
    name: 'a channel missing in the one-hot target',
    rule: 'target-not-one-hot',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, unlabelled: false, plain: true },
    levels: ['the background', 'the background, a loss per channel', 'the last class, which does not occur'],
    make(s, level) {
      if (s.classes < 3) return null;
      if (level === 2) {
        const ids = s.ids.map((id) => (id === s.classes - 1 ? 0 : id));
        return { ...plain(s), target: channelsOf(s, oneHot({ ...s, ids }), 0, s.classes - 1) };
      }
      if ((frequencies(s.ids, s.classes)[0] ?? 0) < 0.25) return null;
      const loss = level === 0 ? 'ce' : 'bce-logits';
      return { prediction: scores(s), target: channelsOf(s, oneHot(s), 1, s.classes - 1), options: { loss } };
    },
  },
  {
    name: 'a channel too many in the one-hot target',
    rule: 'label-out-of-range',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, unlabelled: false, plain: true },
    levels: ['the last', 'the last two', 'the background, a loss per channel'],
    make(s, level) {
      const kept = s.classes - (level === 1 ? 2 : 1);
      if (kept < 2) return null;
      return {
        prediction: channelsOf(s, s.logits, level === 2 ? 1 : 0, kept),
        target: array(oneHot(s), [s.images, s.classes, ...s.shape], 'uint8'),
        options: { loss: level === 2 ? 'bce-logits' : 'dice + ce', ...declared(s) },
      };
    },
  },
];
