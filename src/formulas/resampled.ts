import type { Formula } from '../core/index.ts';

/** The prediction brought to the size of the target before the loss. */
export const resampled: Formula = {
  id: 'resampled',
  title: 'prediction resampled to the size of the target',
  about:
    'The loss, or the head, resizes the scores bilinearly to the size of the mask (mmseg and SegFormer do) and was exported before.',
  formula: 'loss(interpolate(z), y)',
  mends: 'resolution-mismatch',
  suppose: ({ subject, wired }) =>
    subject.obstacles.some(({ rule }) => rule === 'resolution-mismatch')
      ? [{ departures: ['prediction resampled to the size of the target'], view: wired }]
      : [],
};
