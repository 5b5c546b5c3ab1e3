import { type Formula, orientationName, orientationsOf } from '../core/index.ts';

/** The loss against a target that lies another way. */
export const orientation: Formula = {
  id: 'orientation',
  title: 'target flipped, turned or transposed',
  about:
    'The mask reached the loss flipped or transposed, or is so in the file and was not in training. All symmetries of an image that ' +
    'keep its shape; of a volume single flips and swaps of two axes.',
  formula: 'loss(g flipped)',
  suppose: ({ subject: { spatial }, wired }) =>
    orientationsOf(spatial.length)
      .slice(1)
      .filter(({ axes, flips }) => {
        const moved = axes.filter((axis, k) => axis !== k).length + flips.filter(Boolean).length;
        const keeps = axes.every((axis, k) => spatial[axis] === spatial[k]);
        return keeps && (spatial.length < 3 || moved === 1 || (moved === 2 && !flips.includes(true)));
      })
      .map((it) => ({
        departures: [`target ${orientationName(it)}`],
        view: { ...wired, target: { ...wired.target, orientations: [it] } },
      })),
};
