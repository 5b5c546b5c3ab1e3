import { orientationName, type Repair } from '../core/index.ts';

/** The target flipped, turned or transposed. */
export const orientTarget: Repair = {
  id: 'orient-target',
  what(_subject, _evaluation, { placement: { orientations = [] } = {} }) {
    const names = new Set(orientations.map(orientationName));
    return `target ${names.size > 1 ? 'turned image by image' : [...names].join('')}`;
  },
  view: (_subject, { wired }, { placement: { orientations = [] } = {} }) => ({
    ...wired,
    target: { ...wired.target, orientations },
  }),
};
