/** Numbers that were printed, and what is said of the loss: reduction, weights, terms, conventions. */
import { array, type Draft, declared, labelShape, plain, target, usualLoss } from '../drafts.ts';
import { frequencies } from '../networks.ts';
import type { Situation } from '../situations.ts';
import { type Ask, able, type Defect, everywhere, oneChannel, severalChannels, trained } from './_defect.ts';

/** The draft under one loss, with the value of another as what was printed. */
function printedBy(
  s: Situation,
  loss: string,
  other: string,
  ask: Ask,
  change: (value: number) => number = Number,
): Draft {
  const value = change(ask.value(plain(s, other)));
  return { ...plain(s, loss), options: { ...plain(s, loss).options, reported: ask.printed(value) } };
}

/** The first image keeps its object in a strip at the left only, and a little doubt elsewhere. */
function withLittleInOne(s: Situation): Situation {
  const width = s.shape.at(-1) ?? 1;
  const gone = (at: number): boolean => at < s.pixels && at % width > 0.4 * width;
  return {
    ...s,
    ids: s.ids.map((id, at) => (gone(at) ? 0 : id)),
    logits: s.logits.map((z, at) => (gone(at) ? -3 : z)),
  };
}

/** Balanced weights, or as many of another kind. */
function weights(s: Situation, weigh: (frequency: number) => number): number[] {
  return frequencies(s.ids, s.classes).map((f) => Number(weigh(f).toPrecision(4)));
}

function weighted(s: Situation, list: readonly number[]): Draft {
  return { ...plain(s), options: { ...plain(s, 'ce').options, weights: list } };
}

export const reportedValues: readonly Defect[] = [
  {
    name: 'a sum instead of a mean',
    rule: 'unreduced-sum',
    kinds: everywhere,
    wanted: { images: 3, plain: true },
    levels: ['over everything', 'over the pixels of an image', 'over the images'],
    make(s, level, ask) {
      const valid = s.ids.length - (s.unlabelled?.reduce((sum, n) => sum + n, 0) ?? 0);
      const factor = [valid, valid / s.images, s.images][level] ?? 1;
      return printedBy(s, usualLoss(s), usualLoss(s), ask, (value) => value * factor);
    },
  },
  {
    name: 'ignored pixels counted in the mean',
    rule: 'ignored-in-denominator',
    kinds: ['classes'],
    wanted: { unlabelled: true, plain: true },
    levels: ['cross-entropy', 'focal', 'label smoothing'],
    make(s, level, ask) {
      const loss = ['ce', 'focal', 'ce:label-smoothing=0.1'][level] ?? 'ce';
      const ignored = s.unlabelled?.reduce((sum, n) => sum + n, 0) ?? 0;
      return printedBy(s, loss, loss, ask, (value) => value * (1 - ignored / s.ids.length));
    },
  },
  {
    name: 'weighted mean divided by the count',
    rule: 'weighted-mean-normaliser',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, plain: true },
    levels: ['1/frequency', 'its root', '2 for all but class 0'],
    make(s, level, ask) {
      const list = [
        weights(s, (f) => 1 / (f + 0.01)),
        weights(s, (f) => 1 / Math.sqrt(f + 0.01)),
        Array.from({ length: s.classes }, (_, id) => (id === 0 ? 1 : 2)),
      ][level];
      const other = { ...plain(s), options: { ...plain(s, 'weighted-ce:divide-by=count').options, weights: list } };
      const draft = weighted(s, list ?? []);
      return { ...draft, options: { ...draft.options, reported: ask.printed(ask.value(other)) } };
    },
  },
  {
    name: 'sums over the batch before the ratio',
    rule: 'batch-vs-sample-dice',
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, images: 3, skills: ['weak', 'good'], plain: true },
    levels: ['Dice', 'Tversky', 'IoU'],
    make(s, level, ask) {
      const loss = ['dice', 'tversky', 'iou'][level] ?? 'dice';
      const uneven = withLittleInOne(s);
      if (!uneven.ids.subarray(0, s.pixels).includes(1)) return null;
      const gap = ask.value(plain(uneven, loss)) - ask.value(plain(uneven, `${loss}:batch=true`));
      return Math.abs(gap) >= 0.025 ? printedBy(uneven, loss, `${loss}:batch=true`, ask) : null;
    },
  },
  {
    name: 'smoothing that outweighs the object',
    rule: 'smooth-dominates',
    kinds: ['binary', 'volume', 'classes'],
    wanted: { plain: true, skills: able, scenes: ['nodules', 'hippocampus', 'airways', 'defects', 'abdomen'] },
    levels: ['smooth 200', 'smooth 500', 'smooth 2000'],
    make: (s, level) => plain(s, `dice:smooth=${[200, 500, 2000][level]}`),
  },
  {
    name: 'another convention of the same loss',
    rule: 'convention-variant',
    kinds: everywhere,
    wanted: { plain: true, skills: ['weak', 'good'] },
    levels: ['Tversky with alpha and beta exchanged', 'squared denominators', 'IoU for Dice'],
    make: (s, level, ask) =>
      printedBy(
        s,
        ['tversky:fp=0.3,fn=0.7', 'dice', 'dice'][level] ?? 'dice',
        ['tversky:fp=0.7,fn=0.3', 'dice:squared=vnet', 'iou'][level] ?? 'dice',
        ask,
      ),
  },
  {
    name: 'a value that says nothing was learned',
    rule: 'plateau-value',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, skills: able, plain: true },
    levels: ['ln C', 'entropy of the frequencies', 'ln C, 4 digits'],
    make(s, level, ask) {
      const share = frequencies(
        s.ids.filter((_, at) => s.unlabelled?.[at] !== 1),
        s.classes,
      );
      const entropy = -share.reduce((sum, f) => sum + (f > 0 ? f * Math.log(f) : 0), 0);
      const value = level === 1 ? entropy : Math.log(s.classes);
      return { ...plain(s), options: { ...plain(s).options, reported: ask.printed(value, level === 2 ? 4 : 6) } };
    },
  },
  {
    name: 'a constant left out of the loss',
    rule: 'negative-by-design',
    kinds: everywhere,
    wanted: { skills: able, plain: true },
    levels: ['-Dice for 1 - Dice', 'cross-entropy minus Dice', 'declared as negative'],
    make(s, level, ask) {
      if (level === 2) return plain(s, 'dice:form=negative');
      const loss = level === 0 ? 'dice' : s.channels === 1 ? 'dice + bce-logits' : 'dice + ce';
      return printedBy(s, loss, loss, ask, (value) => value - 1);
    },
  },
  {
    name: 'a term missing from the sum',
    rule: 'missing-term',
    kinds: everywhere,
    wanted: { plain: true, skills: trained },
    levels: ['only Dice', 'only cross-entropy', 'only Dice, the other at half weight'],
    make(s, level, ask) {
      const both = level === 2 ? `dice + 0.5*${usualLoss(s)}` : `dice + ${usualLoss(s)}`;
      return printedBy(s, both, level === 1 ? usualLoss(s) : 'dice', ask);
    },
  },
  {
    name: 'one term outweighs the other',
    rule: 'term-dominates',
    kinds: everywhere,
    wanted: { plain: true, skills: ['weak', 'good'] },
    levels: ['1,000 to 1', '10,000 to 1', '1 to 10,000'],
    make: (s, level) =>
      plain(s, [`1000*${usualLoss(s)} + dice`, `10000*${usualLoss(s)} + dice`, `${usualLoss(s)} + 10000*dice`][level]),
  },
  {
    name: 'too few digits printed',
    rule: 'too-few-digits',
    kinds: everywhere,
    wanted: { plain: true, skills: trained },
    levels: ['one digit', 'two digits', 'two digits of another loss'],
    make(s, level, ask) {
      const value = ask.value(plain(s, level === 2 ? 'dice' : usualLoss(s)));
      return { ...plain(s), options: { ...plain(s).options, reported: ask.printed(value, level === 0 ? 1 : 2) } };
    },
  },
  {
    name: 'sums beyond half precision',
    rule: 'half-precision-overflow',
    kinds: ['binary'],
    wanted: { ...oneChannel, images: 28, scenes: ['portrait'], plain: true, skills: ['saturated'] },
    levels: ['NaN printed', 'inf printed', 'nothing printed'],
    make(s, level) {
      const options = { loss: 'dice:batch=true', ...(level === 2 ? {} : { reported: level === 0 ? 'nan' : 'inf' }) };
      return { ...plain(s), prediction: array(s.logits, [s.images, 1, ...s.shape], 'float16'), options };
    },
  },
  {
    name: 'Dice of a class that is not there',
    rule: 'empty-class-dice',
    kinds: everywhere,
    wanted: { images: 2, plain: true, skills: able },
    levels: ['smoothed below the line only', 'not smoothed', 'smoothed as usual'],
    make(s, level) {
      const gone = s.ids.map((id, at) => (at < s.pixels && id === s.classes - 1 ? 0 : id));
      const options = { loss: ['dice:smooth-nr=0', 'dice:smooth=0', 'dice'][level], ...declared(s) };
      const values = Int16Array.from(gone, (id, at) => (s.unlabelled?.[at] === 1 ? 255 : id));
      return { ...plain(s), target: array(values, labelShape(s), 'int16'), options };
    },
  },
];

export const classWeights: readonly Defect[] = [
  {
    name: 'weights that do not fit the classes',
    rule: 'weight-mismatch',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, plain: true },
    levels: ['one too few', 'one negative', 'one not a number'],
    make(s, level) {
      const list = weights(s, (f) => 1 / (f + 0.02));
      return weighted(s, level === 0 ? list.slice(1) : [level === 1 ? -1 : Number.NaN, ...list.slice(1)]);
    },
  },
  {
    name: 'weights in the wrong order',
    rule: 'class-weight-order',
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      plain: true,
      scenes: ['street', 'land cover', 'abdomen', 'defects', 'brain shells', 'organ and tumour'],
    },
    levels: ['frequencies taken for weights', 'the wrong way round', 'all on one class'],
    make(s, level) {
      const balanced = weights(s, (f) => 1 / (f + 0.005));
      const ranked = [...balanced].sort((a, b) => a - b);
      // The commonest class gets the weight of the rarest, and so on.
      const reversed = balanced.map((w) => ranked[ranked.length - 1 - ranked.indexOf(w)] ?? 1);
      return weighted(
        s,
        [weights(s, (f) => f), reversed, balanced.map((w) => (w === ranked[0] ? 5000 : 1))][level] ?? [],
      );
    },
  },
  {
    name: 'a weight for a class that is not there',
    rule: 'absent-class-weight',
    or: ['weight-mismatch'],
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      plain: true,
      scenes: ['street', 'land cover', 'abdomen', 'textures', 'brain shells', 'organ and tumour'],
    },
    levels: ['1 over a frequency of 0', 'a million times the others', 'generalised Dice'],
    make(s, level) {
      const values = Int16Array.from(s.ids, (id, at) =>
        s.unlabelled?.[at] === 1 ? 255 : id === s.classes - 1 ? 0 : id,
      );
      const absent = {
        ...plain(s, level === 2 ? 'generalized-dice:absent=keep' : 'ce'),
        target: target(s, 'int16', values),
      };
      if (level === 2) return absent;
      const list = Array.from({ length: s.classes }, (_, id) =>
        id < s.classes - 1 ? 1 : level === 0 ? Infinity : 5e6,
      );
      return { ...absent, options: { ...absent.options, weights: list } };
    },
  },
];
