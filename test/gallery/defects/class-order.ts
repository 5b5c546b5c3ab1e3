/** Classes that have changed places between prediction and target. */
import { decisions, shows } from '../agreement.ts';
import { type Draft, labels, plain, scores, target } from '../drafts.ts';
import type { Situation } from '../situations.ts';
import { type Defect, severalChannels, trained, twoClasses } from './_defect.ts';

/** The prediction with its channels in another order. */
function withChannels(s: Situation, order: readonly number[]): Draft {
  const out = s.logits.map((_, at) => {
    const plane = Math.floor(at / s.pixels);
    const [image, c] = [Math.floor(plane / s.channels), plane % s.channels];
    return s.logits[(image * s.channels + (order[c] ?? c)) * s.pixels + (at % s.pixels)] ?? 0;
  });
  return { ...plain(s), prediction: scores(s, 'float32', out) };
}

/** Classes by size, the largest first. */
function bySize(s: Situation): number[] {
  const sums = new Array<number>(s.classes).fill(0);
  for (const id of s.ids) sums[id] = (sums[id] ?? 0) + 1;
  return sums.map((_, id) => id).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
}

export const classOrder: readonly Defect[] = [
  {
    name: 'foreground and background swapped',
    rule: 'inverted-target',
    or: ['class-permutation'],
    kinds: ['binary', 'volume'],
    wanted: { skills: trained, plain: true, scenes: twoClasses },
    levels: ['bytes', 'floats', '64-bit'],
    make(s, level) {
      const swapped = s.ids.map((id) => 1 - id);
      const draft = { ...plain(s), target: target(s, (['uint8', 'float32', 'int64'] as const)[level], swapped) };
      return shows(s, { labels: swapped }) ? draft : null;
    },
  },
  {
    name: 'class ids shifted',
    rule: 'class-permutation',
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      skills: trained,
      plain: true,
      scenes: ['street', 'city', 'land cover', 'textures', 'pet', 'brain shells', 'organ and tumour'],
    },
    levels: ['by one', 'by two', 'backwards'],
    make(s, level) {
      const other = (id: number): number => (level === 2 ? s.classes - 1 - id : (id + level + 1) % s.classes);
      const values = labels(s).map((id) => (id === 255 ? id : other(id)));
      return shows(s, { labels: values }) ? { ...plain(s), target: target(s, 'uint8', values) } : null;
    },
  },
  {
    name: 'channels in another order',
    rule: 'class-permutation',
    kinds: ['classes', 'volume'],
    wanted: {
      ...severalChannels,
      skills: trained,
      plain: true,
      scenes: ['street', 'city', 'land cover', 'textures', 'pet', 'brain shells', 'organ and tumour'],
    },
    levels: ['the two largest classes exchanged', 'backwards', 'moved on by two'],
    make(s, level) {
      const [first = 0, second = 1] = bySize(s);
      const order = Array.from({ length: s.channels }, (_, c) => {
        if (level === 0) return c === first ? second : c === second ? first : c;
        return level === 1 ? s.channels - 1 - c : (c + 2) % s.channels;
      });
      const decided = decisions(s).map((id) => order.indexOf(id));
      return shows(s, { decided }) ? withChannels(s, order) : null;
    },
  },
];
