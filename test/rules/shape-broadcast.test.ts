import { expect, test } from 'vitest';
import { shapeBroadcast } from '../../src/rules/shape-broadcast.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

function check(changes: SubjectChanges, formula?: string, verdict: 'explained' | 'ambiguous' = 'explained') {
  const about = subject({ channels: 1, images: 4, ...changes });
  const said = formula === undefined ? {} : { reportedValue: 1.23456, reported: reported([{ formula }], { verdict }) };
  return shapeBroadcast.check({}, about, circumstances([evaluation('bce-logits', about)], said));
}

const obstacles = [{ rule: 'shape-broadcast', blocks: ['pair'], reason: 'shapes' }] as const;

test('one channel against several says how high Dice can get', () => {
  expect(check({ obstacles, target: { shape: [4, 3, 100, 100], layout: 'NCHW' } })).toMatchObject({
    message: expect.stringContaining('held against all 3 of the target'),
    evidence: expect.arrayContaining([{ label: 'highest Dice, with copies of one mask', value: 1.5, limit: 1 }]),
  });
});

test('a batch against one target says so', () => {
  expect(check({ obstacles, target: { shape: [100, 100], layout: 'HW' } })).toMatchObject({
    message: expect.stringContaining('all 4 predictions are held against the one target'),
  });
});

test('the usual shapes of two classes are clear, unless the reported value is that of all pairs', () => {
  expect(check({})).toBeUndefined();
  expect(check({}, 'sum')).toBeUndefined();
  expect(check({}, 'broadcast', 'ambiguous')).toBeUndefined();
  expect(check({}, 'broadcast')).toMatchObject({ message: expect.stringContaining('all 4 x 4 pairs') });
});
