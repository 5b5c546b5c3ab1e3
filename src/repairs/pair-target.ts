import type { Repair } from '../core/index.ts';

/** Each prediction held against another image of the target. */
export const pairTarget: Repair = {
  id: 'pair-target',
  what(_subject, _evaluation, _parameter, { images = [] } = {}) {
    const changed = images.filter((partner, image) => partner !== image).length;
    return `${changed} predictions paired with other targets`;
  },
  view: (_subject, { wired }, _parameter, { images = [] } = {}) => ({ ...wired, target: { ...wired.target, images } }),
};
