import { expect, test } from 'vitest';
import { headLossMismatch } from '../../src/rules/head-loss-mismatch.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

const pixels = { byRow: Float64Array.of(300, 100), weight: Float64Array.of(900, 100), valid: 1000 };

function check(specs: string[], channels = 1, declared = true) {
  const about = subject({ channels });
  const losses = specs.map((spec) => evaluation(spec, about, { declared, value: 0 }));
  return headLossMismatch.check({ pixels }, about, circumstances(losses));
}

test.each(['ce', 'weighted-ce', 'focal:activation=softmax'])('%s on one channel is always the same', (spec) => {
  expect(check([spec])).toMatchObject({
    effect: { what: 'binary cross-entropy instead', loss: 'bce-logits', before: 0, after: 0.4 },
  });
});

test.each(['bce-logits', 'bce', 'dice', 'focal', 'topk', 'dpce'])('%s on one channel is fine', (spec) => {
  expect(check([spec])).toBeUndefined();
});

test('softmax over two channels is fine', () => {
  expect(check(['ce'], 2)).toBeUndefined();
});

test('one such term among others is enough', () => {
  expect(check(['dice', 'ce'])).toMatchObject({ message: expect.stringContaining('cross-entropy') });
});

test('is asked of declared losses only', () => {
  expect(check([])).toHaveProperty('notApplicable');
  expect(check(['ce'], 1, false)).toHaveProperty('notApplicable');
});
