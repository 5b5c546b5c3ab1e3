import { expect, test } from 'vitest';
import { classWeightOrder } from '../../src/rules/class-weight-order.ts';
import { classesOf } from './_counts.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

function check(pixels: readonly number[], weights: readonly number[] | null, loss = 'ce', channels = pixels.length) {
  const about = subject({ channels, images: 1, weights });
  return classWeightOrder.check({ classes: classesOf([pixels]) }, about, circumstances([evaluation(loss, about)]));
}

test('weights that rise with frequency are found, and that their reverse would fit', () => {
  expect(check([6000, 3000, 1000], [3, 2, 1])).toMatchObject({
    message: expect.stringContaining('in reverse order these would'),
    evidence: expect.arrayContaining([{ label: 'rank correlation of weight and frequency', value: 1, limit: 0.3 }]),
  });
});

test('a rank correlation above 0.3 is found, one of 0.3 or less is not', () => {
  // Ranks of the frequencies 4 3 2 1 0; of the weights 2 4 1 3 0 (0.5) and 1 4 2 3 0 (0.3).
  const pixels = [5000, 4000, 3000, 2000, 1000];
  expect(check(pixels, [3, 5, 2, 4, 1])).toBeDefined();
  expect(check(pixels, [2, 5, 3, 4, 1])).toBeUndefined();
});

test('weights that fall with frequency are clear, balanced ones included', () => {
  expect(check([6000, 3000, 1000], [1, 2, 6])).toBeUndefined();
  expect(check([9900, 100], [0.5, 50])).toBeUndefined();
});

test('weights, or frequencies, within a factor of 1.5 have no order', () => {
  expect(check([6100, 3900], [1.49, 1])).toBeUndefined();
  expect(check([5900, 4100], [2, 1])).toBeUndefined();
  expect(check([6100, 3900], [1.5, 1])).toBeDefined();
});

test('a class that drowns the others because of its weight is found', () => {
  expect(check([4000, 5000, 1000], [1, 1, 400])).toMatchObject({ message: expect.stringContaining('class 2') });
  expect(check([4000, 5000, 1000], [1, 1, 150])).toBeUndefined();
});

test('a frequent class that weights do not lift further is not blamed', () => {
  expect(check([9900, 100], [1, 2])).toBeUndefined();
  expect(check([9600, 400], [1.2, 1])).toBeUndefined();
});

test('pos-weight above five times the balance is found', () => {
  expect(check([9000, 1000], null, 'bce-logits:pos-weight=46', 1)).toMatchObject({
    title: 'pos-weight is far too high',
  });
  expect(check([9000, 1000], null, 'bce-logits:pos-weight=45', 1)).toBeUndefined();
});

test('without weights, or with the wrong number of them, there is no order to judge', () => {
  expect(check([9000, 1000], null)).toHaveProperty('notApplicable');
  expect(check([9000, 1000], [1, 2, 3])).toHaveProperty('notApplicable');
});
