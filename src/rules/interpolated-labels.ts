import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { type Ramps, targetRamps } from '../measures/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { remapOf } from './_remap.ts';
import { validValues } from './_target-values.ts';
import { count, listed, percent, plural, significant } from './_words.ts';

/** Share of the label changes that go by way of labels in between. */
const gradedLimit = 0.3;
/** So many of them, and kinds of them, prove a resize; a thin layer between two others is one kind. */
const leastGraded = 20;
const leastKinds = 5;

/** Of ids that follow each other a resize skips none: then no two that are further apart touch, and so often the ones between lie there. */
const leastOrdered = 100;
const touchLimit = 0.02;
/** Fewer ids are an object within an object. */
const leastIds = 4;
/** A thin layer is all between its neighbours; a class that was averaged lies elsewhere as well. */
const thinLimit = 0.5;

/** Labels averaged like grey values. */
export const interpolatedLabels: Rule = rule({
  id: 'interpolated-labels',
  title: 'the labels were interpolated',
  severity: 'error',
  explain: {
    test:
      'Fractions between class ids. For whole numbers: along rows and columns 30 % or more of the changes between labels that differ by ' +
      'two or more go by way of labels in between, each at most 2 px long, in steps of 1.5 or more on average, 20 times or more, in five or more kinds (3 between 0 ' +
      'and 10, 5 between 2 and 7). Real label maps have 2 to 7 %, resized ones 59 % and more. A warning where ids follow each other, so that no label can be ' +
      'skipped: of four or more ids no two touch that differ by two or more (up to 2 %), 100 times or more the ids between them lie there, at most 2 px each, and ' +
      'over half of the pixels of each such id are elsewhere (resized maps: 0 %, 270 times and more, 67 %; others: 80 % touch). For one channel, shades between 0 and 1 ' +
      'along the outlines are a soft target: a note.',
    why:
      'A linear or cubic resize averages class ids as if they were grey values: half way between sky (0) and tree (10) it writes ' +
      'a 5, which is pavement. Every outline gets a seam of classes that are not there, and averages with a void id give labels ' +
      'beyond the classes.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'interpolation=InterpolationMode.NEAREST for masks, given by name: by position it may land in another argument',
      },
      {
        framework: 'MONAI',
        text: "mode=('bilinear', 'nearest') per key in Resized, Spacingd, RandAffined, Rand2DElasticd",
      },
      { framework: 'Keras', text: "tf.image.resize(mask, size, method='nearest'); Resizing(interpolation='nearest')" },
      { framework: 'mmseg', text: 'leave masks to the Resize transform, which takes nearest for them' },
    ],
    exceptions:
      'Soft labels on purpose belong into one channel per class. Thin layers whose ids follow each other (skin, skull, brain) are ' +
      'silent, and so is a resized map of the ids 0, 1 and 2, which looks like them; bins of a depth that falls off steeply here and gently there earn the warning. Several layers of at most 2 px, one on the ' +
      'other, whose ids skip numbers look like a resize.',
    seen: [
      'https://github.com/tensorflow/docs/pull/2159',
      'https://github.com/ykamikawa/tf-keras-PSPNet/issues/2',
      'https://github.com/pmgbergen/DarSIA/pull/107',
      'https://github.com/albumentations-team/albumentations/issues/850',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaaabbbcccc\naaaabbbcccc',
      legend: {
        a: [2.1, 0, 0, -0.3, 0, 0, -1],
        b: [-0.2, 0.1, 0, 1.4, 0, 0, 0.3],
        c: [-1.2, 0, 0.2, 0.1, 0, 0, 2.3],
      },
      target: '00001356666\n00002456666',
      repeat: [12, 1],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaaabbbcccc\naaaabbbcccc',
      legend: {
        a: [2.1, 0, 0, -0.3, 0, 0, -1],
        b: [-0.2, 0.1, 0, 1.4, 0, 0, 0.3],
        c: [-1.2, 0, 0.2, 0.1, 0, 0, 2.3],
      },
      target: '00000336666\n00000366666',
      repeat: [12, 1],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: brokenTargetConsequences.filter((id) => id !== 'interpolated-labels'),
  needs: { ramps: targetRamps },
  check(values, subject) {
    const { kind, target } = subject;
    const { channelSums, integers } = target.profile;
    const labels = validValues(subject);
    if (channelSums !== null || !(labels.length >= 3) || (labels[0]?.[0] ?? 0) < 0) return undefined;
    if (target.encoding === 'divided-by-255' || target.levels !== undefined) return undefined;
    const { ramps } = values;
    const resized = isResized(ramps);
    if (kind === 'exclusive') {
      // As many fractions as classes are codes (0, 0.5, 1), not averages.
      if (integers < 1) return remapOf(subject) === null ? fractions(ramps, resized, subject) : undefined;
      if (resized && ramps.kinds.size >= leastKinds) return inBetween(ramps, subject);
      return isOrdered(ramps, subject) ? inOrder(ramps) : undefined;
    }
    if (!resized) return undefined;
    if (target.scale !== 1 || target.profile.max <= 1) return softEdges(ramps);
    return ramps.kinds.size >= leastKinds ? inBetween(ramps, subject) : undefined;
  },
});

function gradedShare({ graded, sharp }: Ramps): number {
  return graded / (graded + sharp);
}

function isResized(ramps: Ramps): boolean {
  return ramps.graded >= leastGraded && gradedShare(ramps) >= gradedLimit;
}

/** Whether ids that follow each other look averaged. */
function isOrdered({ ordered, graded, sharp, onOrdered, seen }: Ramps, subject: Subject): boolean {
  const labels = new Map(validValues(subject));
  const thin = [...onOrdered].some(
    ([label, pixels]) => !(pixels <= (thinLimit * (labels.get(label) ?? 0) * seen) / subject.target.profile.size),
  );
  return labels.size >= leastIds && ordered >= leastOrdered && graded + sharp <= touchLimit * ordered && !thin;
}

/** "3 between 0 and 10 (41 times)", the most frequent first. */
function shownKinds({ kinds }: Ramps): string {
  const sorted = [...kinds].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, 3).map(([kind, times]) => {
    const [low, between, high] = kind.split(' ').map((value) => significant(Number(value), 3));
    return `${between} between ${low} and ${high} (${plural(times, 'time')})`;
  });
  return listed(shown);
}

function evidence(ramps: Ramps): Finding['evidence'] {
  return [
    {
      label: 'changes by way of labels in between',
      value: 100 * gradedShare(ramps),
      unit: '%',
      limit: 100 * gradedLimit,
    },
    { label: 'how often', value: count(ramps.graded), limit: leastGraded },
    { label: 'pixels in between', value: (100 * ramps.pixels) / ramps.seen, unit: '%' },
    { label: 'kinds', value: ramps.kinds.size < 64 ? ramps.kinds.size : '64 or more', limit: leastKinds },
    { label: 'most frequent', value: shownKinds(ramps) },
  ];
}

/** Whole ids: what was rounded after the resize. */
function inBetween(ramps: Ramps, subject: Subject): Finding {
  return {
    message:
      `${percent(gradedShare(ramps))} of the changes between labels go by way of labels in between, in ${percent(ramps.pixels / ramps.seen)} of the ` +
      `pixels: ${shownKinds(ramps)}. ids were averaged, as a linear resize does; resize masks with nearest`,
    evidence: evidence(ramps),
    repair:
      subject.kind === 'binary'
        ? { repair: 'read-levels', levels: [[0, 0] as const, [subject.target.profile.max, 1] as const] }
        : { repair: 'flatten-ramps' },
    strength: 0.93,
  };
}

/** Ids that follow each other, rounded after the resize. */
function inOrder({ ordered, graded, sharp, onOrdered }: Ramps): Finding {
  const between = [...onOrdered.keys()].sort((a, b) => a - b).map((label) => significant(label));
  return {
    severity: 'warning',
    title: 'the labels look interpolated',
    message:
      `labels that differ by two or more hardly ever touch (${plural(graded + sharp, 'time')}): ${plural(ordered, 'time')} those between them ` +
      `(${listed(between, 6)}) lie there, at most 2 px wide, although they have areas of their own. a linear resize leaves ids like that once they are ` +
      'rounded; resize masks with nearest',
    evidence: [
      { label: 'labels in between, in order', value: ordered, limit: leastOrdered },
      { label: 'labels two or more apart that touch', value: graded + sharp, limit: Math.floor(touchLimit * ordered) },
    ],
    repair: { repair: 'flatten-ramps' },
    strength: 0.9,
  };
}

function fractions(ramps: Ramps, resized: boolean, subject: Subject): Finding {
  const { integers, size } = subject.target.profile;
  const how = resized
    ? ` along the outlines, such as ${shownKinds(ramps)}: ids were averaged, as a linear resize does. resize masks with nearest`
    : '; a class has no fractions. hand the loss whole ids, or one channel of shares per class';
  return {
    ...(resized ? {} : { title: 'the target holds fractions of class ids' }),
    message: `${percent(1 - integers)} of the target's pixels hold fractions${how}`,
    evidence: [
      { label: 'pixels with fractions', value: 100 * (1 - integers), unit: '%', limit: 0 },
      { label: 'their number', value: count(Math.round((1 - integers) * size)) },
      ...(resized ? evidence(ramps) : []),
    ],
    ...(resized ? { repair: { repair: 'flatten-ramps' } } : {}),
    strength: 0.94,
  };
}

/** A mask of one channel that is soft along its outlines: a resize made it, or a matte is meant. */
function softEdges(ramps: Ramps): Finding {
  return {
    severity: 'note',
    title: 'the mask is soft along its outlines',
    message:
      `${percent(ramps.pixels / ramps.seen)} of the pixels lie between background and object, as a linear resize or an anti-aliased outline leaves ` +
      'them; they are read as shares. if labels of 0 and 1 are meant, resize with nearest',
    evidence: evidence(ramps),
    strength: 0.3,
  };
}
