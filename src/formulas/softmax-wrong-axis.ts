import type { Formula, Subject, WrongAxis } from '../core/index.ts';
import { lossActivation, ones } from './_losses.ts';

const names: Readonly<Record<WrongAxis, string>> = {
  N: 'the images (N)',
  D: 'the slices (D)',
  H: 'the rows (H)',
  W: 'the columns (W)',
  space: 'all pixels of an image',
};

/** A softmax over anything but the classes. */
export const softmaxWrongAxis: Formula = {
  id: 'softmax-wrong-axis',
  title: 'softmax over another axis than the classes',
  about:
    'Softmax was taken over the images, the rows, the columns or all pixels, and the loss took what came out for probabilities, or ' +
    'activated it once more. In a batch of one image every probability over the batch is 1. Over an axis of n the probabilities are ' +
    'about 1/n, and cross-entropy lies near ln n.',
  formula: 'loss(p = exp(z - ln(sum exp z over the axis)))',
  suppose({ subject, spec, wired }) {
    const { images, channels, prediction } = subject;
    const single =
      images === 1 && channels > 1
        ? [{ departures: ['softmax over a batch of one: p = 1 everywhere'], predictor: ones(channels) }]
        : [];
    if (prediction.activation !== 'logits') return single;
    const once = axesOf(subject).map((over) => ({
      departures: [`softmax over ${names[over]}`],
      view: { ...wired, over, steps: ['exp' as const] },
    }));
    if (spec.from !== 'logits') return [...single, ...once];
    const again = once.map(({ departures: [departure], view }) => ({
      departures: [`${departure}, activated once more by the loss`],
      view: { ...view, steps: [...view.steps, lossActivation(spec, subject)] },
    }));
    return [...single, ...once, ...again];
  },
};

/** Axes with more than one entry; space where it has several. */
function axesOf({ images, spatial }: Subject): WrongAxis[] {
  const letters = (['D', 'H', 'W'] as const).slice(-spatial.length);
  const own = letters.filter((_, axis) => (spatial[axis] ?? 1) > 1);
  return [...(images > 1 ? (['N'] as const) : []), ...own, ...(own.length > 1 ? (['space'] as const) : [])];
}
