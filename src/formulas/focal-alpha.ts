import type { Formula } from '../core/index.ts';

/** The balancing factor of a focal loss left out or misplaced. */
export const focalAlpha: Formula = {
  id: 'focal-alpha',
  title: 'focal balancing factor',
  about:
    'alpha is missing, sits on the other class, multiplies both classes, or has changed places with gamma; ' +
    'undeclared, 0.25 and 0.75 are tried.',
  formula: 'mean a (1 - p)^gamma (-ln p)',
  suppose: ({ spec }) => {
    if (spec.loss.id !== 'focal') return [];
    const given: readonly number[] | null = spec.options.alpha;
    const { gamma } = spec.options;
    const [own] = given ?? [];
    if (given === null || own === undefined) {
      return [0.25, 0.75].map((a) => ({ departures: [`alpha ${a}`], options: { alpha: [a] } }));
    }
    const missing = { departures: ['alpha not applied'], options: { alpha: null } };
    if (given.length > 1) return [missing];
    return [
      missing,
      { departures: ['alpha on the other class'], options: { alpha: [1 - own] } },
      { departures: ['alpha on both classes'], options: { alpha: null }, factor: own },
      { departures: ['alpha and gamma exchanged'], options: { alpha: null, gamma: own }, factor: gamma },
    ];
  },
};
