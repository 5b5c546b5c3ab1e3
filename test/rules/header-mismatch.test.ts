import { expect, test } from 'vitest';
import type { Hints } from '../../src/core/index.ts';
import { headerMismatch } from '../../src/rules/header-mismatch.ts';
import { circumstances, subject } from './_subject.ts';

function check(own: Partial<Hints>, truth: Partial<Hints>) {
  const hints = (said: Partial<Hints>): Hints => ({ format: 'nifti', container: 'array', ...said });
  const about = subject({ prediction: { hints: hints(own) }, target: { hints: hints(truth) } });
  return headerMismatch.check({}, about, circumstances());
}

test('spacings that differ by more than a thousandth are found', () => {
  expect(check({ spacing: [1, 2] }, { spacing: [1, 2.0021] })).toMatchObject({
    message: expect.stringContaining('spacing of the two files differ'),
    evidence: [{ label: 'spacing of the target', value: '[1, 2.0021]', limit: '[1, 2]' }],
  });
  expect(check({ spacing: [1, 2] }, { spacing: [1, 2.0019] })).toBeUndefined();
});

test('axis codes and matrices that differ are found', () => {
  expect(check({ orientation: 'RAS' }, { orientation: 'LPS' })).toBeDefined();
  expect(check({ orientation: 'RAS' }, { orientation: 'RAS' })).toBeUndefined();
  const affine = (origin: number) => ({ affine: [[1, 0, 0, origin]] });
  expect(check(affine(5), affine(5.0011))).toBeDefined();
  expect(check(affine(5), affine(5.0009))).toBeUndefined();
});

test('only what both files say is compared', () => {
  expect(check({ spacing: [1, 1] }, {})).toHaveProperty('notApplicable');
  expect(check({ spacing: [1, 1], orientation: 'RAS' }, { spacing: [1, 1] })).toBeUndefined();
});
