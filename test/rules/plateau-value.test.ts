import { expect, test } from 'vitest';
import { plateauValue } from '../../src/rules/plateau-value.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

const seeing = [
  [900, 100, 0],
  [100, 900, 0],
  [0, 0, 1000],
];
const blind = [
  [340, 330, 330],
  [330, 340, 330],
  [330, 330, 340],
];

interface Changes {
  readonly loss?: string;
  readonly formula?: string;
  readonly matrix?: number[][];
  readonly about?: SubjectChanges;
}

/** Three classes; knowing their frequencies scores 0.9. */
function check(typed: string, { loss = 'ce', formula, matrix = seeing, about: own }: Changes = {}) {
  const about = subject({ channels: 3, ...own });
  const values = [{ name: 'loss', typed }];
  const run = circumstances([evaluation(loss, about, { prior: 0.9 })], {
    reported: reported(formula === undefined ? [] : [{ formula, value: Number(typed) }], { values }),
  });
  return plateauValue.check({ confusion: confusionOf(matrix) }, about, run);
}

test.each([
  ['1.0986', 'ln 3'],
  ['0.900', 'the entropy of the class frequencies'],
  ['0.5514', 'ln(1 + 2/e)'],
])('a reported %s is %s', (typed, formula) => {
  expect(check(typed)).toMatchObject({ message: expect.stringContaining(`the reported ${typed} is ${formula} = `) });
});

test.each([
  ['0.6667', '1 - 1/3'],
  ['0.999', '1'],
])('a Dice loss of %s is %s', (typed, formula) => {
  expect(check(typed, { loss: 'dice' })).toMatchObject({ message: expect.stringContaining(`is ${formula} = `) });
});

test('within 0.5 % is near enough, farther is not', () => {
  expect(check('1.1040')).toBeDefined();
  expect(check('1.1042')).toBeUndefined();
});

test('what another formula explains is no plateau', () => {
  expect(check('1.0986', { formula: 'label-smoothing' })).toBeUndefined();
  expect(check('1.0986', { formula: 'constant-predictor' })).toBeDefined();
});

test('where these very arrays score it, their decisions must be blind', () => {
  expect(check('1.0986', { formula: 'declared' })).toBeUndefined();
  expect(check('1.0986', { formula: 'declared', matrix: blind })).toMatchObject({
    message: expect.stringContaining('these arrays say so too'),
  });
  const collapsed = (rest: number) => [
    [1000 - rest, rest, 0],
    [600, 400, 0],
    [0, 0, 0],
  ];
  expect(check('1.0986', { formula: 'declared', matrix: collapsed(0) })).toBeUndefined();
  const oneClass = [
    [1000, 0, 0],
    [995, 5, 0],
    [0, 0, 0],
  ];
  expect(check('1.0986', { formula: 'declared', matrix: oneClass })).toBeDefined();
});

test('binary cross-entropy has ln 2, and weighted losses have none of these levels', () => {
  const binary = { channels: 1 };
  expect(check('0.6931', { loss: 'bce-logits', about: binary })).toMatchObject({
    message: expect.stringContaining('ln 2'),
  });
  expect(check('1.0986', { about: { weights: [1, 2, 3] } })).toBeUndefined();
});

test('rests on three digits', () => {
  expect(check('1.1')).toHaveProperty('notApplicable');
  expect(plateauValue.check({ confusion: confusionOf(seeing) }, subject(), circumstances())).toHaveProperty(
    'notApplicable',
  );
});
