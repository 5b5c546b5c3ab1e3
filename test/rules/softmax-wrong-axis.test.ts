import { expect, test } from 'vitest';
import type { WrongAxis } from '../../src/core/index.ts';
import { softmaxWrongAxis } from '../../src/rules/softmax-wrong-axis.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

function check(sumError: number, otherAxes: { axis: WrongAxis; sumError: number }[], changes: SubjectChanges = {}) {
  const about = subject({ channels: 6, spatial: [96, 160], scores: { sumError, otherAxes }, ...changes });
  return (layout: string | null = null) =>
    softmaxWrongAxis.check({}, about, circumstances([], { options: { layout, classes: null } }));
}

test.each([
  ['H', 'the rows (H)', 96],
  ['W', 'the columns (W)', 160],
  ['N', 'the images of the batch (N)', 2],
  ['space', 'all pixels of an image', 96 * 160],
] as const)('softmax over %s is named', (axis, words, length) => {
  expect(check(0.9, [{ axis, sumError: 1e-6 }])()).toMatchObject({
    message: expect.stringContaining(`over ${words}`),
    evidence: expect.arrayContaining([{ label: `length of ${axis}`, value: length }]),
  });
});

test.each([
  [0.9, 0.9e-3, true],
  [0.9, 1e-3, false],
  [0.051, 1e-6, true],
  [0.05, 1e-6, false],
  [Number.NaN, 1e-6, false],
])('class sums off by %f and row sums off by %f', (sumError, other, found) => {
  expect(
    check(sumError, [
      { axis: 'W', sumError: 4 },
      { axis: 'H', sumError: other },
    ])() !== undefined,
  ).toBe(found);
});

test('an axis as long as the class axis may be a misread layout, unless the layout was given', () => {
  const square = check(0.9, [{ axis: 'H', sumError: 1e-6 }], { channels: 6, spatial: [6, 160] });
  expect(square()).toMatchObject({ severity: 'warning', message: expect.stringContaining('--layout') });
  expect(square('NCHW')).not.toHaveProperty('severity');
});

test('as many images as classes are no reason for doubt', () => {
  expect(check(0.9, [{ axis: 'N', sumError: 1e-6 }], { images: 6 })()).not.toHaveProperty('severity');
});

test('volumes have slices', () => {
  const volume = check(0.9, [{ axis: 'D', sumError: 1e-6 }], { spatial: [14, 32, 48] });
  expect(volume()).toMatchObject({ evidence: expect.arrayContaining([{ label: 'length of D', value: 14 }]) });
});

test('one channel has no class axis to sum over', () => {
  expect(check(Number.NaN, [], { channels: 1 })()).toHaveProperty('notApplicable');
});

test.each([1, 6])(
  'a reported value that is the softmax of logits over another axis is named, %i channels',
  (channels) => {
    const about = subject({ channels, scores: { sumError: Number.NaN } });
    const given = (formula: string) =>
      circumstances([evaluation(channels === 1 ? 'bce-logits' : 'ce', about, { value: 0.2 })], {
        reported: reported([{ formula, departures: ['softmax over the rows (H)'] }]),
        reportedValue: 1.23456,
      });
    expect(softmaxWrongAxis.check({}, about, given('softmax-wrong-axis'))).toMatchObject({
      message: expect.stringContaining('softmax over the rows (H)'),
      effect: { before: 1.23456, after: 0.2 },
    });
    expect(softmaxWrongAxis.check({}, about, given('double-softmax')) ?? {}).not.toHaveProperty('message');
  },
);
