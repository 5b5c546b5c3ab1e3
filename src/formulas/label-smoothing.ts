import type { Formula } from '../core/index.ts';

/** Label smoothing that was not declared. */
export const labelSmoothing: Formula = {
  id: 'label-smoothing',
  title: 'label smoothing',
  about: 'The usual amounts of label smoothing are tried: 0.05, 0.1 and 0.2.',
  formula: '(1 - e) CE + e mean_c(-ln p_c)',
  suppose: ({ spec }) => {
    if (!('label-smoothing' in spec.options)) return [];
    return [0, 0.05, 0.1, 0.2]
      .filter((e) => e !== spec.options['label-smoothing'])
      .map((e) => ({
        departures: [e === 0 ? 'no label smoothing' : `label smoothing ${e}`],
        options: { 'label-smoothing': e },
      }));
  },
};
