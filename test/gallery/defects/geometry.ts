/** Prediction and target that do not lie on each other. */
import { shows } from '../agreement.ts';
import { activated, array, channelsLast, type Draft, labels, oneHot, plain, target, usualLoss } from '../drafts.ts';
import { type Field, gathered } from '../fields.ts';
import type { Situation } from '../situations.ts';
import { able, type Defect, everywhere, oneChannel, severalChannels, trained } from './_defect.ts';

/** The labels of every image, each pixel looking where `from` says. */
function moved(s: Situation, from: (place: number[]) => number[], shape: readonly number[] = s.shape): Draft {
  const all = labels(s);
  const out = new Float64Array(all.length);
  for (let image = 0; image < s.images; image++) {
    const own = all.subarray(image * s.pixels, (image + 1) * s.pixels);
    out.set(gathered(own as Field, s.shape, from, shape), image * s.pixels);
  }
  return { ...plain(s), target: array(out, [s.images, ...shape], 'uint8') };
}

/** The same place counted from the other end of some axes; axes are counted from the last. */
function flipped(s: Situation, axes: readonly number[]): (place: number[]) => number[] {
  return (place) =>
    place.map((at, axis) => (axes.includes(s.shape.length - 1 - axis) ? (s.shape[axis] ?? 1) - 1 - at : at));
}

/** Rows and columns exchanged. */
function transposedPlace(place: number[]): number[] {
  const [y = 0, x = 0] = place.slice(-2);
  return [...place.slice(0, -2), x, y];
}

function withImages(s: Situation, order: readonly number[]): Draft {
  const all = labels(s);
  const out = new Float64Array(all.length);
  order.forEach((from, image) => {
    out.set(all.subarray(from * s.pixels, (from + 1) * s.pixels), image * s.pixels);
  });
  return { ...plain(s), target: target(s, 'uint8', out) };
}

/** Every second (fourth, ...) pixel of every channel. */
function strided(s: Situation, factor: number): Draft {
  const shape = s.shape.map((length) => Math.floor(length / factor));
  const size = shape.reduce((a, b) => a * b, 1);
  const out = new Float64Array(s.images * s.channels * size);
  for (let plane = 0; plane < s.images * s.channels; plane++) {
    const own = s.logits.subarray(plane * s.pixels, (plane + 1) * s.pixels);
    out.set(
      gathered(own as Field, s.shape, (place) => place.map((at) => at * factor), shape),
      plane * size,
    );
  }
  return { ...plain(s), prediction: array(out, [s.images, s.channels, ...shape], 'float32') };
}

/** Binary cross-entropy when [N, 1, ...] meets [N, ...]: every image against every mask. */
function crossedLoss(s: Situation): number {
  const p = activated(s, s.logits);
  let sum = 0;
  for (let image = 0; image < s.images; image++) {
    for (let other = 0; other < s.images; other++) {
      for (let i = 0; i < s.pixels; i++) {
        const q = p[image * s.pixels + i] ?? 0;
        sum -= Math.log(Math.max(1e-44, s.ids[other * s.pixels + i] === 1 ? q : 1 - q));
      }
    }
  }
  return sum / (s.images ** 2 * s.pixels);
}

const asymmetric: readonly string[] = [
  'lesion',
  'cells',
  'vessels',
  'buildings',
  'portrait',
  'street',
  'city',
  'land cover',
  'textures',
  'abdomen',
  'organ and tumour',
  'hippocampus',
  'airways',
];

export const geometry: readonly Defect[] = [
  {
    name: 'mask flipped',
    rule: 'orientation-mismatch',
    kinds: everywhere,
    wanted: { skills: trained, plain: true, scenes: asymmetric.filter((it) => it !== 'portrait'), images: 1 },
    levels: ['left-right', 'upside down', 'both'],
    make(s, level) {
      const draft = moved(s, flipped(s, [[0], [1], [0, 1]][level] ?? []));
      return shows(s, { labels: draft.target.data }) ? draft : null;
    },
  },
  {
    name: 'mask transposed or turned',
    rule: 'orientation-mismatch',
    kinds: everywhere,
    wanted: { skills: trained, plain: true, scenes: asymmetric, images: 1 },
    levels: ['rows and columns exchanged', 'turned left', 'turned right'],
    make(s, level) {
      const [height = 1, width = 1] = s.shape.slice(-2);
      const shape = [...s.shape.slice(0, -2), width, height];
      const turn = (place: number[]): number[] => {
        const at = transposedPlace(place);
        return level === 0 ? at : flipped(s, [level - 1])(at);
      };
      const draft = moved(s, turn, shape);
      // Of a picture that is not square, the shape alone tells.
      return shows(s, { labels: height === width ? draft.target.data : new Uint8Array(s.ids.length) }) ? draft : null;
    },
  },
  {
    name: 'mask shifted',
    rule: 'misaligned-target',
    kinds: everywhere,
    wanted: { skills: able, plain: true, scenes: asymmetric },
    levels: ['3 pixels', '5 pixels', '8 pixels'],
    make(s, level) {
      const by = [3, 5, 8][level] ?? 3;
      const draft = moved(s, (place) =>
        place.map((at, axis) => at + (axis === s.shape.length - 1 ? by : axis === s.shape.length - 2 ? -by : 0)),
      );
      return shows(s, { labels: draft.target.data }, 0.08) ? draft : null;
    },
  },
  {
    name: 'masks of other images',
    rule: 'pair-mismatch',
    kinds: everywhere,
    wanted: {
      skills: able,
      plain: true,
      images: 5,
      scenes: [
        'lesion',
        'cells',
        'vessels',
        'buildings',
        'street',
        'city',
        'land cover',
        'textures',
        'organ and tumour',
        'hippocampus',
        'airways',
      ],
    },
    levels: ['moved on by one', 'backwards', 'shuffled'],
    make(s, level) {
      const orders = [
        [1, 2, 3, 4, 0],
        [4, 3, 0, 1, 2],
        [2, 0, 4, 1, 3],
      ];
      const draft = withImages(s, orders[level] ?? []);
      return shows(s, { labels: draft.target.data }) ? draft : null;
    },
  },
  {
    name: 'prediction at a lower resolution',
    rule: 'resolution-mismatch',
    kinds: everywhere,
    wanted: {
      plain: true,
      scenes: [
        'lesion',
        'cells',
        'vessels',
        'buildings',
        'portrait',
        'street',
        'city',
        'land cover',
        'abdomen',
        'organ and tumour',
        'airways',
      ],
    },
    levels: ['half', 'a quarter', 'an eighth'],
    make: (s, level) => strided(s, 2 ** (level + 1)),
  },
  {
    name: 'axes declared in another order',
    rule: 'channels-last',
    kinds: ['classes', 'volume'],
    wanted: severalChannels,
    levels: ['channels are last', 'channels are first', 'channels are last, one image'],
    make(s, level) {
      const deep = s.shape.length === 3 ? 'D' : '';
      if (level === 1) return { ...plain(s), options: { ...plain(s).options, layout: `N${deep}HWC` } };
      const images = level === 2 ? 1 : s.images;
      const values = channelsLast(s.logits.subarray(0, images * s.channels * s.pixels), s.channels, s.pixels);
      const shape = [...(level === 2 ? [] : [images]), ...s.shape, s.channels];
      return {
        prediction: array(values, shape, 'float32'),
        target: level === 2 ? array(labels(s).subarray(0, s.pixels), s.shape, 'uint8') : target(s),
        options: { ...plain(s).options, layout: `${level === 2 ? '' : 'N'}C${deep}HW` },
      };
    },
  },
  {
    name: 'shapes that fit by broadcasting alone',
    rule: 'shape-broadcast',
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, images: 3, plain: true },
    levels: ['a mask of 3 equal channels', 'a one-hot mask of 2 channels', 'every image met every mask'],
    make(s, level, ask) {
      if (level === 2) return { ...plain(s), options: { loss: usualLoss(s), reported: ask.printed(crossedLoss(s)) } };
      const channels = 3 - level;
      const values = new Float64Array(s.images * channels * s.pixels).map((_, at) => {
        const plane = Math.floor(at / s.pixels);
        return s.ids[Math.floor(plane / channels) * s.pixels + (at % s.pixels)] ?? 0;
      });
      return {
        ...plain(s),
        target: array(level === 1 ? oneHot(s) : values, [s.images, channels, ...s.shape], 'float32'),
      };
    },
  },
];
