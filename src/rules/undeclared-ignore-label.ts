import { type Rule, rule } from '../core/index.ts';
import { allowedLabels, type VoidLabel, voidLabels, voidNearEdges } from './_target-values.ts';
import { listed, percent, plural } from './_words.ts';

/** Void pixels that nobody told the loss about. */
export const undeclaredIgnoreLabel: Rule = rule({
  id: 'undeclared-ignore-label',
  title: 'the target has void pixels that are not declared as ignored',
  severity: 'error',
  explain: {
    test:
      'Every label outside the classes is a usual void id (255, 254, 250, -1, -100), or at least 60 % of its pixels lie within 3 px of a ' +
      'label change or of the border, as void does and classes do not. The other labels are classes, and none of the strange ' +
      'ones was declared with --ignore-index.',
    why:
      'Annotators leave outlines and unclear spots as void. A loss that is not told so looks for a class with that number: an index ' +
      'error, a device-side assert, or, with one output channel, a target far above 1 that drives the loss below zero. Rewritten to ' +
      'background, void teaches the network wrong outlines.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'CrossEntropyLoss(ignore_index=255); for BCE multiply the unreduced loss by (target != 255)',
      },
      { framework: 'SMP', text: 'ignore_index=255 in the loss' },
      {
        framework: 'MONAI',
        text: 'map void to background and pass a mask to MaskedLoss, or ignore_index in losses that have it; before one-hot encoding',
      },
      { framework: 'Keras', text: 'sample_weight = (y != 255), or ignore_class=255 in SparseCategoricalCrossentropy' },
      { framework: 'nnU-Net', text: 'declare "ignore" as the highest label in dataset.json' },
      { framework: 'mmseg', text: 'ignore_index of the head, 255 unless changed' },
    ],
    exceptions:
      'A real class of thin things, such as poles or vessels, whose number is one past the last channel: then the head needs another ' +
      'channel. With 256 classes, 255 is a class and the rule is silent.',
    seen: [
      'https://github.com/yiskw713/boundary_loss_for_remote_sensing/issues/6',
      'https://github.com/kornia/kornia/issues/839',
      'https://github.com/Lightning-AI/torchmetrics/issues/2849',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaaabbb\naaaabbb\naaabbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000v111\n000v111\n00v1111',
      labels: { v: 255 },
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaaabbb\naaaabbb\naaabbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000v111\n000v111\n00v1111',
      labels: { v: 255 },
      args: ['--loss', 'ce', '--ignore-index', '255'],
    },
  },
  looksAt: ['target'],
  explains: [
    'label-out-of-range',
    'inverted-target',
    'class-never-present',
    'constant-target',
    'interpolated-labels',
    'label-gap',
    'instance-ids',
    'negative-by-design',
    'confidently-wrong',
    'unreduced-sum',
    '*',
  ],
  needs: {},
  check(_values, subject) {
    const strange = voidLabels(subject);
    const [first] = strange;
    if (first === undefined) return undefined;
    const { size } = subject.target.profile;
    const classes = allowedLabels(subject);
    const labels = strange.map(({ label }) => label);
    const pixels = strange.reduce((sum, it) => sum + it.pixels, 0);
    const flags = labels.map((label) => `--ignore-index ${label}`).join(' ');
    const channel =
      labels.length === 1 && first.label === classes
        ? `; if ${first.label} is a class, the head needs ${classes + 1} channels`
        : '';
    return {
      message:
        `target has label ${listed(labels)} in ${plural(pixels, 'pixel')} (${percent(pixels / size)})${where(first)}; the prediction ` +
        `has ${classes} classes, so labels must be 0-${classes - 1}. declare it as ignored: ${flags} here, ignore_index in the loss${channel}`,
      evidence: [
        { label: 'labels without a class', value: listed(labels), limit: `0-${classes - 1}` },
        { label: 'their pixels', value: (100 * pixels) / size, unit: '%', limit: 0 },
        ...strange
          .filter(({ nearEdges }) => !Number.isNaN(nearEdges))
          .map(({ label, nearEdges }) => ({
            label: `pixels of ${label} within 3 px of an outline or the border`,
            value: 100 * nearEdges,
            unit: '%',
            limit: 100 * voidNearEdges,
          })),
      ],
      repair:
        labels.length === 1 ? { repair: 'ignore-label', parameter: first.label } : { repair: 'ignore-strange-labels' },
      strength: first.usual ? (first.nearEdges >= voidNearEdges ? 0.95 : 0.85) : 0.8,
    };
  },
});

function where({ nearEdges }: VoidLabel): string {
  return nearEdges >= voidNearEdges
    ? `, ${percent(nearEdges)} of them within 3 px of an outline or the border, as void lies`
    : '';
}
