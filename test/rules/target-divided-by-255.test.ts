import { expect, test } from 'vitest';
import { targetDividedBy255 } from '../../src/rules/target-divided-by-255.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(values: readonly number[], changes: SubjectChanges = {}) {
  const pixels = 20_000 / values.length;
  const truth = {
    values: new Map(values.map((value) => [value, pixels])),
    min: Math.min(...values),
    max: Math.max(...values),
  };
  return targetDividedBy255.check(
    {},
    subject({ channels: 1, target: { dtype: 'float32' }, ...changes, truth }),
    circumstances(),
  );
}

test.each([
  ['a binary mask', [0, 1 / 255], {}],
  ['a mask in single precision', [0, Math.fround(1 / 255)], {}],
  ['class ids', [0, 1, 2, 5].map((id) => id / 255), { channels: 6 }],
  ['class ids and void', [0, 1 / 255, 5 / 255, 1], { channels: 6 }],
  ['a largest value of one half', [0, 127 / 255], {}],
  ['ids above one half of many classes', [0, 140 / 255], { channels: 150 }],
  [
    'half precision, which keeps 127/255 to 1e-4 only',
    [0, 0.498046875 + 2 ** -13],
    { target: { dtype: 'float16' } as const },
  ],
])('%s divided by 255 is found', (_, values, changes) => {
  expect(check(values, changes)).toMatchObject({ repair: { repair: 'rescale-target', parameter: 1 / 255 } });
});

test.each([
  ['a mask of 0 and 1', [0, 1], {}],
  ['a mask of one value', [0], {}],
  ['a largest value above one half', [0, 128 / 255], {}],
  ['values that are no 255th parts', [0, 1.1 / 255], {}],
  ['negative values', [-1 / 255, 1 / 255], {}],
  ['more values than classes and one', [0, 1, 2, 3].map((id) => id / 255), {}],
  ['a trimap scaled to 0, 1/2 and 1', [0, 127 / 255, 1], {}],
  ['ids beyond the classes beside a 1', [0, 7 / 255, 1], { channels: 6 }],
])('%s is not taken for it', (_, values, changes) => {
  expect(check(values, changes)).toBeUndefined();
});

test('integers are never divided', () => {
  expect(check([0, 0.25], { target: { dtype: 'uint8' } })).toBeUndefined();
});

test('three values of a binary head are the most that is allowed', () => {
  expect(check([0, 1 / 255, 2 / 255])).toBeDefined();
});

test('the 1 beside divided ids is named as void unless it is ignored', () => {
  const values = [0, 1 / 255, 1];
  expect(check(values, { channels: 3 })).toMatchObject({ message: expect.stringContaining('255/255') });
  expect(check(values, { channels: 3, ignore: [1] })).toMatchObject({
    message: expect.not.stringContaining('255/255'),
  });
});
