import {
  type Evidence,
  type Finding,
  lacksBackground,
  type Rule,
  rule,
  type Subject,
  voidShare,
} from '../core/index.ts';
import { obstacleOf, targetChannels } from './_target-values.ts';
import { percent, significant } from './_words.ts';
import { isPlainMean } from './_zero-cost.ts';

/** A few rows with two classes are slips of a resize or an overlay. */
const severalLimit = 1e-3;

/** One-hot targets whose rows do not add up to one. */
export const targetNotOneHot: Rule = rule({
  id: 'target-not-one-hot',
  title: 'the channels of the target do not add up to one class per pixel',
  severity: 'error',
  explain: {
    test:
      'The loss knows one class per pixel and the target has a channel per class, but over 0.1 % of the pixels have two or more ' +
      'channels set, or over 20 % have none: as many are background, not void. From one such pixel on a note, since they are read as ignored. ' +
      'One-hot targets of fewer channels than the prediction are an error too: with over 20 % of the pixels in none the background is ' +
      'missing, else a class that does not occur.',
    why:
      'A pixel without a class adds nothing to a cross-entropy but counts in its mean, so the loss looks smaller than it is, and the network ' +
      'may answer anything there: left out background is predicted as some object. A pixel with two classes pulls both ways. Where the ' +
      'encoding counts the classes that occur (the largest id + 1), a batch without the last class has a channel less.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'hand over class ids, or F.one_hot(ids, num_classes=C).movedim(-1, 1) with background as a class of its own',
      },
      { framework: 'SMP', text: "mode='multiclass' with ids; mode='multilabel' if no class at all is a right answer" },
      {
        framework: 'MONAI',
        text: 'to_onehot_y=True with ids; keep the background channel and pass include_background=False',
      },
      { framework: 'Keras', text: 'to_categorical(ids, C), or SparseCategoricalCrossentropy with ids' },
    ],
    exceptions:
      'Classes that may overlap or all be absent: then use a loss per channel (bce-logits), and the rule is silent.',
    seen: ['https://github.com/jakeret/tf_unet/issues/64'],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\ncccc\ncccc',
      legend: { a: [2.1, -0.4], b: [-1.2, 1.9], c: [0.2, -0.1] },
      target: 'xxyy\nxxyy\n....\n....',
      labels: { x: [1, 0], y: [0, 1], '.': [0, 0] },
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aabb\naabb\ncccc\ncccc',
      legend: { a: [2.1, -0.4], b: [-1.2, 1.9], c: [0.2, -0.1] },
      target: 'xxyy\nxxyy\nxxxx\nxxxx',
      labels: { x: [1, 0], y: [0, 1] },
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: [
    'label-out-of-range',
    'background-ignored',
    'single-class-collapse',
    'confidently-wrong',
    'constant-target',
    'class-never-present',
    '*',
  ],
  needs: {},
  check(_values, subject, { losses }) {
    if (obstacleOf(subject, 'target-not-one-hot') !== undefined) return tooFew(subject);
    const sums = subject.target.profile.channelSums;
    if (sums === null || subject.kind !== 'exclusive') {
      return { notApplicable: 'the target is not one-hot: it has one channel, or classes that may overlap' };
    }
    const { none, one, several } = sums;
    const evidence: Evidence[] = [
      { label: 'pixels with one channel set', value: 100 * one, unit: '%' },
      { label: 'pixels with none', value: 100 * none, unit: '%', limit: 100 * voidShare },
      { label: 'pixels with two or more', value: 100 * several, unit: '%', limit: 100 * severalLimit },
    ];
    if (several > severalLimit) return crowded(several, evidence);
    if (!(none > 0)) return undefined;
    const [main] = losses;
    if (main !== undefined && isPlainMean(main, subject)) {
      evidence.push({
        label: `${main.spec.text} where they count in the mean`,
        value: significant(main.value * (1 - none), 5),
      });
    }
    return lacksBackground(subject.target.profile) ? bare(none, evidence, subject) : voids(none, evidence);
  },
});

/** Fewer channels than the prediction has. */
function tooFew(subject: Subject): Finding {
  const { channels } = subject;
  const { none = 0 } = subject.target.profile.channelSums ?? {};
  const own = targetChannels(subject);
  const background = lacksBackground(subject.target.profile);
  const found = `the target has ${own} channels for the ${channels} classes of the prediction, and `;
  return {
    title: background ? 'the one-hot target lacks the background' : 'the one-hot target lacks a class',
    message:
      found +
      (background
        ? `${percent(none)} of the pixels have none set: background was left out. add it as channel 0 (1 minus the sum of the others), or leave it out of both`
        : `${percent(1 - none)} of the pixels have one set: only the classes that occur were counted. encode with num_classes = ${channels}`),
    evidence: [
      { label: 'channels of the target', value: own, limit: channels },
      { label: 'pixels with none set', value: 100 * none, unit: '%', limit: 100 * voidShare },
    ],
    repair: { repair: 'match-channels' },
    strength: 0.95,
  };
}

function crowded(several: number, evidence: Evidence[]): Finding {
  return {
    message:
      `${percent(several)} of the pixels have two or more channels of the target set; a one-hot target has exactly one. make the classes ` +
      'exclusive, or use a loss per channel',
    evidence,
    strength: 0.9,
  };
}

function bare(none: number, evidence: Evidence[], { channels }: Subject): Finding {
  return {
    title: 'the one-hot target lacks the background',
    message:
      `${percent(none)} of the pixels have none of the ${channels} channels set: too many for void, so background was left out. give it a ` +
      `channel (${channels + 1} outputs), or use a loss per channel, which takes "none of them" for an answer`,
    evidence,
    strength: 0.9,
  };
}

function voids(none: number, evidence: Evidence[]): Finding {
  return {
    severity: 'note',
    title: 'one-hot pixels without a class were read as ignored',
    message: `${percent(none)} of the pixels have no channel set and were left out; torch counts them in its mean all the same`,
    evidence,
  };
}
