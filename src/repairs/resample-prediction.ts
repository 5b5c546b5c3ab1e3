import type { Repair, Subject } from '../core/index.ts';

/** The prediction brought to the size of the target. */
export const resamplePrediction: Repair = {
  id: 'resample-prediction',
  what: (subject) => `prediction resampled to ${sizeOf(subject.target)} (bilinear, corners not aligned)`,
  view: (_subject, { wired }) => wired,
};

function sizeOf({ shape, layout }: Subject['target']): string {
  return shape.filter((_, axis) => 'DHW'.includes(layout[axis] ?? '')).join(' x ');
}
