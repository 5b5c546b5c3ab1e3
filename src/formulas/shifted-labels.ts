import type { Formula } from '../core/index.ts';

/** Ids moved by one: the background dropped, or classes counted from one. */
export const shiftedLabels: Formula = {
  id: 'shifted-labels',
  title: 'ids moved by one',
  about:
    'Class 0 was ignored and the others moved down (reduce_zero_label), the classes of the file are counted from one, or its ids are ' +
    'one lower than those in training.',
  formula: 'loss(g = y - 1), y = 0 ignored; loss(g = y + 1)',
  suppose({ subject: { kind, channels, ignore, target }, wired }) {
    if (kind !== 'exclusive' || target.profile.channelSums !== null) return [];
    const { scale, shift } = wired.target;
    const labels = [...target.profile.values.keys()].filter((label) => !ignore.includes(label));
    const down = { ...wired, target: { ...wired.target, shift: shift - 1 }, ignore: [...wired.ignore, 0] };
    const up = { ...wired, target: { ...wired.target, shift: shift + 1 } };
    return [
      ...(scale === 1
        ? [{ departures: [labels.includes(0) ? 'class 0 ignored, ids one lower' : 'ids one lower'], view: down }]
        : []),
      ...(Math.max(...labels) < channels - 1 ? [{ departures: ['ids one higher'], view: up }] : []),
    ];
  },
};
