import type { Repair } from '../core/index.ts';

/** Each prediction held against another image of the target. */
export const pairTarget: Repair = {
  id: 'pair-target',
  what(_subject, _evaluation, { placement: { images = [] } = {} }) {
    const changed = images.filter((partner, image) => partner !== image).length;
    return `${changed} predictions paired with other targets`;
  },
  view: (_subject, { wired }, { placement: { images = [] } = {} }) => ({
    ...wired,
    target: { ...wired.target, images },
  }),
};
