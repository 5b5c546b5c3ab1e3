import { expect, test } from 'vitest';
import { negativeByDesign } from '../../src/rules/negative-by-design.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

const about = subject();

function check(loss: string, value: number, lowerBound: number, typed?: string, formula?: string) {
  const values = [{ name: 'loss', typed: typed ?? '' }];
  const run = circumstances([evaluation(loss, about, { value, lowerBound })], {
    reported: typed === undefined ? null : reported(formula === undefined ? [] : [{ formula }], { values }),
  });
  return negativeByDesign.check({}, about, run);
}

test('a negative value above the lowest one is a note that names it', () => {
  const found = check('dice:form=negative', -0.7, -1);
  expect(found).toMatchObject({
    message: expect.stringContaining('the lowest value of its formula on this target is -1'),
  });
  expect(found).not.toHaveProperty('severity');
});

test('0 and above is clear', () => {
  expect(check('dice:form=negative', 0, -1)).toBeUndefined();
});

test('what rounding leaves below the lowest value is no defect', () => {
  expect(check('dice:form=negative', -1.000009, -1)).not.toHaveProperty('severity');
  expect(check('dice:form=negative', -1.00002, -1)).toMatchObject({ severity: 'warning' });
});

test('a negative cross-entropy is an error, whatever the target does to its bound', () => {
  expect(check('ce', -0.1, 0)).toMatchObject({ severity: 'error' });
  expect(check('bce-logits', -270, -Infinity)).toMatchObject({ severity: 'error' });
});

test('a reported value counts where nothing explains it', () => {
  expect(check('ce', 0.3, 0, '-0.123')).toMatchObject({
    severity: 'error',
    message: expect.stringContaining('the reported value is -0.123'),
  });
  expect(check('dice', 0.3, 0, '-0.7', 'jaccard')).toBeUndefined();
});

test('a reported value that is the declared loss with the other sign is told as that', () => {
  const found = check('dice', 0.3, 0, '-0.7', 'negated-dice');
  expect(found).toMatchObject({ message: expect.stringContaining('below zero by design') });
  expect(found).not.toHaveProperty('severity');
  expect(check('dice:form=negative', -0.7, -1, '0.3', 'negated-dice')).not.toMatchObject({
    message: expect.stringContaining('below zero by design'),
  });
});

test('is asked of declared losses only', () => {
  const assumed = evaluation('ce', about, { value: -1, declared: false });
  expect(negativeByDesign.check({}, about, circumstances([assumed]))).toHaveProperty('notApplicable');
});
