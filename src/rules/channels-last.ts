import { formatShape, type Rule, rule, type Subject } from '../core/index.ts';
import { obstacleOf } from './_target-values.ts';

const words: Readonly<Record<string, string>> = { N: 'images', C: 'classes', D: 'depth', H: 'height', W: 'width' };

/** Axes in another order than the loss, or the user, takes them to be. */
export const channelsLast: Rule = rule({
  id: 'channels-last',
  title: 'the class axis is not where it is expected',
  severity: 'error',
  explain: {
    test:
      'The shapes do not fit under the order given with --layout and fit under another: an error. Without --layout, a prediction whose ' +
      'last axis is the classes is read as such, with a note. The spatial axes must equal those of the target either way.',
    why:
      'torch takes axis 1 for the classes. Handed channels last, it takes the height for the classes: it raises on the shapes, or ' +
      'normalises along the wrong axis without a word when the sizes happen to agree.',
    fix: [
      { framework: 'PyTorch', text: 'logits.permute(0, 3, 1, 2), and for volumes permute(0, 4, 1, 2, 3)' },
      { framework: 'MONAI', text: 'EnsureChannelFirstd(keys, channel_dim=-1)' },
      { framework: 'Keras', text: 'channels last is its default; pass axis=-1, and check data_format of every layer' },
    ],
    exceptions: 'Arrays whose height equals the number of classes: the shapes say nothing then, and --layout decides.',
    seen: [
      'https://github.com/ZFTurbo/ZF_UNET_224_Pretrained_Model/issues/13',
      'https://github.com/DeepTrial/Retina-VesselNet/issues/13',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaabbb\naaabbb\naaabbb\naabbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000111\n000111\n000111\n001111',
      args: ['--loss', 'ce', '--layout', 'HWC'],
    },
    clear: {
      prediction: 'aaabbb\naaabbb\naaabbb\naabbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000111\n000111\n000111\n001111',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: [],
  explains: ['*'],
  needs: {},
  check(_values, subject, { options }) {
    const { prediction, target } = subject;
    const evidence = [
      { label: 'prediction', value: formatShape(prediction.shape), limit: axes(prediction.layout) },
      { label: 'target', value: formatShape(target.shape), limit: axes(target.layout) },
    ];
    const { layout } = prediction;
    if (obstacleOf(subject, 'channels-last') !== undefined) {
      return {
        message:
          `prediction ${formatShape(prediction.shape)} and target ${formatShape(target.shape)} fit as ${axes(layout)}, not as --layout ` +
          `${options.layout ?? ''} says. pass --layout ${layout}, and check the order of axes that the loss is handed${advice(subject)}`,
        evidence,
        strength: 0.95,
      };
    }
    if (!layout.endsWith('C') || options.layout !== null) return undefined;
    return {
      severity: 'note',
      title: 'the prediction was read channels last',
      message: `prediction ${formatShape(prediction.shape)} was read as ${axes(layout)}${advice(subject)}; Keras takes it as it is`,
      evidence,
      strength: 0.3,
    };
  },
});

function axes(layout: string): string {
  return [...layout].map((letter) => words[letter] ?? letter).join(' x ');
}

/** How torch gets its class axis. */
function advice({ prediction: { layout } }: Subject): string {
  if (!layout.endsWith('C')) return '';
  const last = layout.length - 1;
  const first = layout.startsWith('N') ? [0] : [];
  const rest = [...layout].map((_, axis) => axis).slice(first.length, last);
  return `; torch wants the classes before them: permute(${[...first, last, ...rest].join(', ')})`;
}
