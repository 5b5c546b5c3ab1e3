import type { Formula } from '../core/index.ts';

/** Class ids in another order than the channels. */
export const classPermutation: Formula = {
  id: 'class-permutation',
  title: 'classes in another order',
  about: 'The ids were counted from another end: background last in place of first, or the whole table reversed.',
  formula: 'loss(g = classes[y])',
  suppose({ subject: { kind, rows, target }, wired }) {
    if (kind !== 'exclusive' || rows < 3) return [];
    const all = Array.from({ length: rows }, (_, y) => y);
    // Without the class that is carried over to the other end it is a plain step: shifted-labels.
    const occurs = (label: number): boolean => target.profile.channelSums !== null || target.profile.values.has(label);
    const orders: [string, number[], boolean][] = [
      ['the first class last', all.map((y) => (y + rows - 1) % rows), occurs(0)],
      ['the last class first', all.map((y) => (y + 1) % rows), occurs(rows - 1)],
      ['the classes in reverse', [...all].reverse(), true],
    ];
    const plausible = orders.filter(([, , it]) => it);
    return plausible.map(([name, classes]) => ({
      departures: [`target with ${name}`],
      view: { ...wired, target: { ...wired.target, classes } },
    }));
  },
};
