/** Targets with labels that are not the classes of the prediction. */
import { shows } from '../agreement.ts';
import {
  array,
  type Draft,
  labelShape,
  labels,
  oneHot,
  plain,
  scoreShape,
  scores,
  target,
  usualLoss,
} from '../drafts.ts';
import { blur, placeOf } from '../fields.ts';
import { instances } from '../instances.ts';
import { frequencies } from '../networks.ts';
import { ellipse } from '../scenes.ts';
import type { Situation } from '../situations.ts';
import { type Defect, severalChannels, twoClasses } from './_defect.ts';

function withLabels(
  s: Situation,
  values: ArrayLike<number>,
  dtype: 'uint8' | 'int16' | 'int64' | 'float32' = 'int16',
): Draft {
  return { ...plain(s), target: target(s, dtype, values) };
}

/** Class ids with another label along every outline, two pixels wide, or where nobody labelled. */
function withVoid(s: Situation, label: number): Float64Array {
  if (s.unlabelled !== null) return labels(s, label);
  const width = s.shape.at(-1) ?? 1;
  return Float64Array.from(s.ids, (id, i) => {
    const neighbours = [i + 1, i - 1, i + width, i - width].filter((at) => at >= 0 && at < s.ids.length);
    return neighbours.some((at) => s.ids[at] !== id) ? label : id;
  });
}

const colours = [
  [0, 0, 0],
  [128, 0, 0],
  [0, 128, 0],
  [128, 128, 0],
  [0, 0, 128],
  [128, 0, 128],
  [0, 128, 128],
] as const;

export const targetLabels: readonly Defect[] = [
  {
    name: 'colours instead of class ids',
    rule: 'color-coded-target',
    kinds: ['binary', 'classes'],
    wanted: { images: 1, plain: true },
    levels: ['RGB picture', 'RGBA picture', 'tensor of colours'],
    make(s, level) {
      const depth = level === 1 ? 4 : 3;
      const colour = (id: number, c: number): number =>
        c === 3 ? 255 : (colours[id % 7]?.[c] ?? 0) + 20 * Math.floor(id / 7);
      const values = Float64Array.from({ length: s.ids.length * depth }, (_, at) =>
        colour(s.ids[Math.floor(at / depth)] ?? 0, at % depth),
      );
      const hints = level < 2 ? { format: 'png', container: 'image' as const } : undefined;
      const shape = level < 2 ? [...s.shape, depth] : [...labelShape(s), depth];
      return { ...plain(s), target: array(values, shape, 'uint8', hints) };
    },
  },
  {
    name: 'one-hot target without a background',
    rule: 'target-not-one-hot',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, unlabelled: false, plain: true },
    levels: ['the commonest class dropped', 'and one more', 'all but one dropped'],
    make(s, level) {
      const share = frequencies(s.ids, s.classes);
      const order = share.map((_, id) => id).sort((a, b) => (share[b] ?? 0) - (share[a] ?? 0));
      const present = order.filter((id) => (share[id] ?? 0) > 0);
      const dropped = order.slice(0, level === 2 ? present.length - 1 : level + 1);
      const values = oneHot(s).map((y, at) => (dropped.includes(Math.floor(at / s.pixels) % s.classes) ? 0 : y));
      return { ...plain(s), target: array(values, scoreShape(s), 'float32') };
    },
  },
  {
    name: 'overlapping labels for a softmax',
    rule: 'target-not-one-hot',
    or: ['multilabel-vs-multiclass'],
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, unlabelled: false, plain: true },
    levels: ['a rim of one pixel', 'a rim of three', 'nested'],
    make(s, level) {
      const values = oneHot(s);
      for (let plane = 0; plane < s.images * s.classes; plane++) {
        const own = values.subarray(plane * s.pixels, (plane + 1) * s.pixels);
        const grown = blur(own, s.shape, 1 + level).map((share) => (share > 0.06 ? 1 : 0));
        if (level < 2) own.set(grown);
        else
          own.forEach((_, i) => {
            own[i] = (s.ids[Math.floor(plane / s.classes) * s.pixels + i] ?? 0) >= plane % s.classes ? 1 : 0;
          });
      }
      return { ...plain(s, 'ce'), target: array(values, scoreShape(s), 'float32') };
    },
  },
  {
    name: 'instance numbers for classes',
    rule: 'instance-ids',
    or: ['label-out-of-range'],
    kinds: ['binary'],
    wanted: { images: 4, scenes: ['cells', 'buildings'], plain: true },
    levels: ['16-bit', '64-bit', 'floats'],
    make: (s, level) => withLabels(s, instances(s), (['int16', 'int64', 'float32'] as const)[level]),
  },
  {
    name: 'ids counted from 1',
    rule: 'label-gap',
    or: ['label-out-of-range'],
    kinds: ['binary', 'classes', 'volume'],
    wanted: { unlabelled: false, plain: true },
    levels: ['bytes', '64-bit', 'floats'],
    make: (s, level) =>
      withLabels(
        s,
        s.ids.map((id) => id + 1),
        (['uint8', 'int64', 'float32'] as const)[level],
      ),
  },
  {
    name: 'ids in steps',
    rule: 'label-gap',
    or: ['label-out-of-range'],
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      unlabelled: false,
      scenes: ['street', 'land cover', 'abdomen', 'textures', 'brain shells', 'organ and tumour'],
    },
    levels: ['of 20', 'of 30', 'up to 255'],
    make: (s, level) =>
      withLabels(
        s,
        s.ids.map((id) => id * ([20, 30, Math.floor(255 / (s.classes - 1))][level] ?? 20)),
        'uint8',
      ),
  },
  {
    name: 'a class too many in the target',
    rule: 'label-out-of-range',
    or: ['undeclared-ignore-label'],
    kinds: ['binary', 'classes', 'volume'],
    wanted: { plain: true },
    levels: ['a small object', 'a larger one', 'a large one'],
    make(s, level) {
      const reach = [0.09, 0.14, 0.22][level] ?? 0.1;
      const inside = ellipse(
        s.shape.map((length) => 0.5 * length),
        s.shape.map((length) => reach * length),
      );
      const values = labels(s);
      values.forEach((_, at) => {
        if (inside(placeOf(at % s.pixels, s.shape)) < 0) values[at] = s.classes;
      });
      return withLabels(s, values);
    },
  },
  {
    name: 'too few channels in the head',
    rule: 'label-out-of-range',
    // The last class may be a rim or a small patch, as void is.
    or: ['undeclared-ignore-label'],
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      unlabelled: false,
      scenes: ['street', 'city', 'land cover', 'abdomen', 'brain shells'],
    },
    levels: ['one', 'two', 'three'],
    make(s, level) {
      const kept = Math.max(2, s.channels - 1 - level);
      const own = s.logits.filter((_, at) => Math.floor(at / s.pixels) % s.channels < kept);
      if (!s.ids.some((id) => id >= kept)) return null;
      return {
        prediction: array(own, [s.images, kept, ...s.shape], 'float32'),
        target: target(s),
        options: { loss: 'ce' },
      };
    },
  },
  {
    name: 'void that nobody declared',
    rule: 'undeclared-ignore-label',
    kinds: ['binary', 'classes', 'volume'],
    wanted: {
      scenes: [
        'lesion',
        'cells',
        'buildings',
        'portrait',
        'street',
        'city',
        'organ and tumour',
        'brain shells',
        'hippocampus',
      ],
      plain: true,
    },
    levels: ['255', '-1', '254'],
    make: (s, level) => ({
      ...withLabels(s, withVoid(s, [255, -1, 254][level] ?? 255)),
      options: { loss: usualLoss(s) },
    }),
  },
  {
    name: 'void as one class more',
    rule: 'undeclared-ignore-label',
    or: ['label-out-of-range'],
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, scenes: ['street', 'city', 'organ and tumour', 'brain shells'], plain: true },
    levels: ['cross-entropy', 'Dice', 'focal'],
    make: (s, level) => ({
      ...withLabels(s, withVoid(s, s.classes)),
      options: { loss: ['ce', 'dice', 'focal'][level] },
    }),
  },
  {
    name: 'everything ignored',
    rule: 'all-ignored',
    kinds: ['binary', 'classes', 'volume'],
    wanted: { plain: true },
    levels: ['void throughout', 'void as -1', 'every class named as ignored'],
    make(s, level) {
      const loss = usualLoss(s);
      if (level === 2)
        return {
          ...plain(s),
          options: { loss, ignoreIndex: [...Array.from({ length: s.classes }, (_, id) => id), 255] },
        };
      const label = level === 0 ? 255 : -1;
      return { ...withLabels(s, new Float64Array(s.ids.length).fill(label)), options: { loss, ignoreIndex: label } };
    },
  },
  {
    name: 'background ignored',
    rule: 'background-ignored',
    kinds: ['binary', 'volume'],
    wanted: { scenes: twoClasses, plain: true },
    levels: ['id 0 named as ignored', 'shifted to 255', 'shifted to -1'],
    make(s, level) {
      if (level === 0) return { ...plain(s), options: { loss: usualLoss(s), ignoreIndex: 0 } };
      const label = level === 1 ? 255 : -1;
      return {
        prediction: scores(s),
        target: target(
          s,
          'int16',
          Int16Array.from(s.ids, (id) => (id === 0 ? label : id - 1)),
        ),
        options: { loss: usualLoss(s), ignoreIndex: label },
      };
    },
  },
  {
    name: 'zero label shifted away',
    rule: 'class-permutation',
    or: ['background-ignored', 'label-gap'],
    kinds: ['classes', 'volume'],
    wanted: {
      skills: ['good', 'saturated'],
      plain: true,
      scenes: ['street', 'land cover', 'textures', 'brain shells', 'city'],
    },
    levels: ['0 becomes 255', '0 becomes -1', '0 becomes 254'],
    make(s, level) {
      const label = [255, -1, 254][level] ?? 255;
      const values = Int16Array.from(s.ids, (id, at) => (id === 0 || s.unlabelled?.[at] === 1 ? label : id - 1));
      if (!shows(s, { labels: values.map((id) => (id === label ? -1 : id)) })) return null;
      return { ...withLabels(s, values), options: { loss: 'ce', ignoreIndex: label } };
    },
  },
];
