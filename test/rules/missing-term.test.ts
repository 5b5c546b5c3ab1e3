import { expect, test } from 'vitest';
import { missingTerm } from '../../src/rules/missing-term.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';
import { sumOf } from './_sums.ts';

const numbers = [
  { value: 0.41234, l2: 1 },
  { value: 0.2, l2: 1 },
  { value: 0.0123, l2: 1 },
];

/** dice 0.41234 + 2 x cross-entropy 0.2 + focal 0.0123. */
function check(typed: string | null, formula?: string, of = numbers, changes: SubjectChanges = {}) {
  const about = subject({ channels: 2, ...changes });
  const values = [{ name: 'loss', typed: typed ?? '' }];
  const matches = formula === undefined ? [] : [{ formula, departures: ['0.5 x dice'] }];
  const sum = sumOf('dice + 2*ce + focal', about, of);
  return missingTerm.check(
    {},
    about,
    circumstances([sum], { reported: typed === null ? null : reported(matches, { values }) }),
  );
}

test('a reported value that is some of the terms names those that are missing', () => {
  expect(check('0.41234')).toMatchObject({
    message: expect.stringContaining('the reported 0.41234 is dice alone'),
    effect: { what: 'ce and focal added', before: 0.41234, after: expect.closeTo(0.82464) },
  });
  expect(check('0.81234')).toMatchObject({ effect: { what: 'focal added' } });
});

test('the digits typed decide', () => {
  expect(check('0.4124')).toBeUndefined();
  expect(check('0.4123')).toBeDefined();
  expect(check('0.41')).toBeUndefined();
});

test('the sum as declared is clear', () => {
  expect(check('0.8246', 'declared')).toBeUndefined();
  expect(check('0.41234', 'declared')).toBeUndefined();
});

test('other factors, where the formula says so, are found', () => {
  expect(check('0.6185', 'missing-term')).toMatchObject({ message: expect.stringContaining('0.5 x dice') });
});

test('a softmax over one channel is constant: an error without a reported value', () => {
  const about = { channels: 1 };
  const of = [
    { value: 0.4, l2: 1 },
    { value: 0, l2: 0 },
    { value: 0.01, l2: 1 },
  ];
  const found = check(null, undefined, of, about);
  expect(found).toMatchObject({ title: 'a term of the sum cannot move the network' });
  expect(found).not.toHaveProperty('severity');
});

test('a term that costs something and has no gradient is a warning, one that is satisfied is not', () => {
  const still = (value: number) =>
    check(null, undefined, [
      { value: 0.4, l2: 1 },
      { value, l2: 0 },
      { value: 0.01, l2: 1 },
    ]);
  expect(still(0.2)).toMatchObject({ severity: 'warning' });
  expect(still(0)).toBeUndefined();
});

test('a loss that is no sum has no terms to miss', () => {
  const about = subject();
  expect(missingTerm.check({}, about, circumstances([evaluation('ce', about)]))).toHaveProperty('notApplicable');
});
