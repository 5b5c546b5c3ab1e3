import { expect, test } from 'vitest';
import { backgroundIgnored } from '../../src/rules/background-ignored.ts';
import { classesOf, confusionOf, valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(pixels: readonly number[], ignored: number, changes: SubjectChanges = {}) {
  const confusion = confusionOf(pixels.map((n, row) => pixels.map((_, column) => (row === column ? n : 0))));
  const channels = changes.channels ?? pixels.length;
  return backgroundIgnored.check(
    { classes: classesOf([pixels], [ignored]), confusion },
    subject({ images: 1, channels, ...changes }),
    circumstances(),
  );
}

test('99.9 % of the valid pixels in one class beside 10 % ignored is a lost background', () => {
  expect(check([1, 999], 112)).toMatchObject({ message: expect.stringContaining('are class 1') });
  expect(check([2, 998], 112)).toBeUndefined();
  expect(check([0, 900], 100)).toBeDefined();
  expect(check([0, 901], 100)).toBeUndefined();
});

test('an error only where the object of two classes is what is left', () => {
  expect(check([0, 900], 500)).not.toHaveProperty('severity');
  expect(check([900, 0], 500)).toMatchObject({ severity: 'warning' });
  expect(check([0, 900, 0], 500)).toMatchObject({ severity: 'warning' });
  expect(check([0, 900], 500, { channels: 1 })).not.toHaveProperty('severity');
});

test('the ignored label is named where it occurs', () => {
  const truth = { values: valuesOf([0, 500], [1, 900]) };
  expect(check([0, 900], 500, { ignore: [0, 255], truth })).toMatchObject({
    message: expect.stringContaining('(label 0)'),
  });
});

test('where nothing is valid, or nothing ignored, it is silent', () => {
  expect(check([0, 0], 500)).toBeUndefined();
  expect(check([0, 900], 0)).toBeUndefined();
});

test('labels that overlap are not asked', () => {
  expect(check([0, 900], 500, { kind: 'multilabel' })).toHaveProperty('notApplicable');
});

test('predictions that cannot be read are left out of the evidence', () => {
  const obstacles = [{ rule: 'nonfinite-prediction', blocks: ['prediction'], reason: '1 NaN' }] as const;
  expect(check([0, 900], 500)).toMatchObject({ evidence: { length: 3 } });
  expect(check([0, 900], 500, { obstacles })).toMatchObject({ evidence: { length: 2 } });
});
