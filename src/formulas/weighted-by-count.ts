import type { Formula } from '../core/index.ts';

/** The other way to normalise a weighted mean. */
export const weightedByCount: Formula = {
  id: 'weighted-by-count',
  title: 'weighted mean under the other normalisation',
  about:
    'Class-weighted cross-entropy is divided by the number of pixels instead of the sum of their weights, or the ' +
    'reverse.',
  formula: 'sum w l / M against sum w l / sum w',
  suppose: ({ spec, subject }) => {
    if (!spec.loss.weighted) return [];
    if (spec.loss.id === 'ce' && subject.weights !== null) {
      return [
        { departures: ['divided by the number of pixels, not by the weights'], loss: 'weighted-ce:divide-by=count' },
      ];
    }
    if (!('divide-by' in spec.options)) return [];
    const other = spec.options['divide-by'] === 'count' ? 'weights' : 'count';
    const words = other === 'count' ? 'the number of pixels, not the weights' : 'the weights, not the number of pixels';
    return [{ departures: [`divided by ${words}`], options: { 'divide-by': other } }];
  },
};
