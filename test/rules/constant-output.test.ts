import { expect, test } from 'vitest';
import { constantOutput } from '../../src/rules/constant-output.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

function check(deviation: number[], means: number[], changes: SubjectChanges = {}) {
  const scores = { deviation: Float64Array.from(deviation), means: Float64Array.from(means) };
  const about = subject({ channels: 2, images: 1, scores, ...changes });
  return constantOutput.check({}, about, circumstances([evaluation('ce', about, { value: 0.6, prior: 0.5 })]));
}

test.each([
  [[0, 0], [0, 0], true],
  [[9.9e-4, 9.9e-4], [0.5, 0.5], true],
  [[1e-3, 0], [0.5, 0.5], false],
  [[9.9e-3, 0], [-10, 0], true],
  [[1e-2, 0], [-10, 0], false],
  [[0, 2], [0, 0], false],
  [[Number.NaN, 0], [0, 0], false],
])('deviations %j around %j', (deviation, means, found) => {
  expect(check(deviation, means) !== undefined).toBe(found);
});

test('every image must be constant', () => {
  expect(check([0, 0, 0, 0], [1, 2, 1, 2], { images: 2 })).toBeDefined();
  expect(check([0, 0, 0, 0.5], [1, 2, 1, 2], { images: 2 })).toBeUndefined();
});

test('names the constant, and the one that would minimise the loss', () => {
  expect(check([0], [-1.2], { channels: 1 })).toMatchObject({
    message: expect.stringContaining('every pixel is predicted as -1.2:'),
    evidence: expect.arrayContaining([
      { label: 'the constant that minimises a cross-entropy', value: 'p = 0.2, the share of the foreground' },
      { label: 'ce of this constant', value: 0.6 },
      { label: 'ce of the class frequencies', value: 0.5 },
    ]),
  });
  expect(check([0, 0], [0.25, -3])).toMatchObject({
    message: expect.stringContaining('0.25 and -3 (one number per channel)'),
    evidence: expect.arrayContaining([
      { label: 'the constant that minimises a cross-entropy', value: 'the class frequencies' },
    ]),
  });
});

test('a constant answer to a constant target may be right', () => {
  const empty = { truth: { values: new Map([[0, 10_000]]) } };
  expect(check([0], [0.001], { channels: 1, ...empty })).toBeUndefined();
  const ignored = {
    ignore: [255],
    truth: {
      values: new Map([
        [0, 9000],
        [255, 1000],
      ]),
    },
  };
  expect(check([0], [0.001], { channels: 1, ...ignored })).toBeUndefined();
});
