import { expect, test } from 'vitest';
import { smoothDominates } from '../../src/rules/smooth-dominates.ts';
import { sumsOf } from './_counts.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

/** One foreground channel in one image: sum p, sum g. The loss is 0.2 with a small constant. */
function check(loss: string, p: number, g: number, activation: 'logits' | 'sigmoid' = 'logits') {
  const about = subject({ channels: 1, images: 1, activation });
  const sums = sumsOf([[[p, g, Math.min(p, g)]]]);
  return smoothDominates.check({ sums }, about, circumstances([evaluation(loss, about)], { retake: () => 0.2 }));
}

test('a constant of 5 % of sum p + sum g is found, with the loss under a small one', () => {
  expect(check('dice:smooth=1', 10, 10)).toMatchObject({
    message: expect.stringContaining('5 %'),
    effect: { what: 'smooth=0.00001', before: 0.5, after: 0.2 },
  });
});

test('a little less is clear', () => {
  expect(check('dice:smooth=1', 10.1, 10)).toBeUndefined();
  expect(check('dice', 1, 1)).toBeUndefined();
});

test('the larger of the two constants counts', () => {
  expect(check('dice:smooth-nr=0,smooth-dr=1', 10, 10)).toBeDefined();
  expect(check('dice:smooth-nr=1,smooth-dr=0', 10, 10)).toBeDefined();
});

test('a class without a pixel is not judged: smoothing is there for it', () => {
  expect(check('dice:smooth=1', 0.5, 0)).toBeUndefined();
});

test('over the batch the sums are larger', () => {
  const about = subject({ channels: 1, images: 2 });
  const sums = sumsOf([[[8, 8, 8]], [[8, 8, 8]]]);
  const found = (loss: string) =>
    smoothDominates.check({ sums }, about, circumstances([evaluation(loss, about)], { retake: () => 0.2 }));
  expect(found('dice:smooth=1')).toMatchObject({ message: expect.stringContaining('in image 0') });
  expect(found('dice:smooth=1,batch=true')).toBeUndefined();
});

test('is asked of declared overlap losses that are fed what they are made for', () => {
  expect(check('bce-logits', 1, 1)).toHaveProperty('notApplicable');
  expect(check('dice:from=logits,smooth=1', 1, 1, 'sigmoid')).toHaveProperty('notApplicable');
});

test('a term of a sum is judged like a loss', () => {
  const about = subject({ channels: 1, images: 1 });
  const [dice, ce] = [evaluation('dice:smooth=1', about), evaluation('bce-logits', about)];
  const terms = [dice, ce].map((it) => ({ spec: it.spec, factor: 1, value: it, gradient: null }));
  const sum = evaluation('dice:smooth=1 + bce-logits', about, { terms });
  expect(
    smoothDominates.check({ sums: sumsOf([[[5, 5, 5]]]) }, about, circumstances([sum], { retake: () => 0.2 })),
  ).toMatchObject({ effect: { loss: 'dice:smooth=1' } });
});
