import { expect, test } from 'vitest';
import { channelsLast } from '../../src/rules/channels-last.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(shape: readonly number[], layout: string, declared: string | null, changes: SubjectChanges = {}) {
  const about = subject({ prediction: { shape, layout }, ...changes });
  return channelsLast.check({}, about, circumstances([], { options: { layout: declared, classes: null } }));
}

test.each([
  [[96, 160, 6], 'HWC', 'permute(2, 0, 1)'],
  [[4, 96, 160, 6], 'NHWC', 'permute(0, 3, 1, 2)'],
  [[2, 9, 96, 160, 6], 'NDHWC', 'permute(0, 4, 1, 2, 3)'],
])('%j read as %s earns a note on what torch needs', (shape, layout, permutation) => {
  expect(check(shape, layout, null)).toMatchObject({
    severity: 'note',
    message: expect.stringContaining(permutation),
  });
});

test('channels first, and channels last when it was declared, are clear', () => {
  expect(check([6, 96, 160], 'CHW', null)).toBeUndefined();
  expect(check([96, 160, 6], 'HWC', 'HWC')).toBeUndefined();
});

test('a declared order that does not fit is an error that names the one that does', () => {
  const obstacles = [{ rule: 'channels-last', blocks: ['pair'], reason: 'fits otherwise' }] as const;
  const wrong = check([96, 160, 6], 'HWC', 'CHW', { obstacles });
  expect(wrong).toMatchObject({
    message: expect.stringMatching(/not as --layout CHW says. pass --layout HWC.*permute/),
  });
  expect(wrong).not.toHaveProperty('severity');
  const other = check([6, 96, 160], 'CHW', 'HWC', { obstacles });
  expect(other).toMatchObject({ message: expect.not.stringContaining('permute') });
});
