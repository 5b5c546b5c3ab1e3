import { expect, test } from 'vitest';
import { unscaledBinaryTarget } from '../../src/rules/unscaled-binary-target.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

const scaled: SubjectChanges = { channels: 1, truth: { values: valuesOf([0, 16_000], [255, 4000]), max: 255 } };

function check(changes: SubjectChanges = {}, sides = { inside: 0.9, outside: 0.1 }, said = {}) {
  const about = subject({ ...scaled, ...changes });
  return unscaledBinaryTarget.check(
    { contrast: sides },
    about,
    circumstances([evaluation('bce-logits', about, { value: 0.3 })], said),
  );
}

test('a tensor of 0 and 255 is an error that is undone by dividing by 255', () => {
  expect(check()).toMatchObject({ repair: { repair: 'rescale-target', parameter: 255 }, strength: 0.95 });
  expect(check()).not.toHaveProperty('severity');
  expect(check()).toMatchObject({ message: expect.stringContaining('255 in 4,000 pixels, 20 %') });
});

test.each([
  ['0 and 1', valuesOf([0, 16_000], [1, 4000])],
  ['three values', valuesOf([0, 16_000], [1, 2000], [255, 2000])],
  ['one value', valuesOf([255, 20_000])],
  ['no 0', valuesOf([1, 16_000], [255, 4000])],
])('a target of %s is not scaled', (_, values) => {
  expect(check({ truth: { values } })).toBeUndefined();
});

test('any single value above 1 counts, for two channels too, but not for three', () => {
  const values = valuesOf([0, 16_000], [2, 4000]);
  expect(check({ truth: { values } })).toMatchObject({ repair: { parameter: 2 } });
  expect(check({ channels: 2, truth: { values } })).toMatchObject({ repair: { parameter: 2 } });
  expect(check({ channels: 3, truth: { values } })).toBeUndefined();
});

test('a declared ignore value is not the object', () => {
  expect(check({ ignore: [255] })).toBeUndefined();
});

test('a prediction that does not tell 255 from 0 raises the question of void', () => {
  const asks = expect.stringContaining('if 255 means "ignore"');
  expect(check({}, { inside: 0.5, outside: 0.3 })).toMatchObject({ message: asks, strength: 0.85 });
  expect(check({}, { inside: 0.5, outside: 0.29 })).toMatchObject({ message: expect.not.stringContaining('ignore') });
});

test('without a readable prediction nothing is said of inside and outside', () => {
  const finding = check({}, { inside: Number.NaN, outside: Number.NaN });
  expect(finding).toMatchObject({ strength: 0.95 });
  expect(JSON.stringify(finding)).not.toContain('inside');
});

test('a picture read as 0 and 1 earns a note', () => {
  const finding = check({ target: { scale: 1 / 255 } });
  expect(finding).toMatchObject({ severity: 'note' });
  expect(finding).not.toHaveProperty('repair');
});

test('a picture is an error when the reported value is the loss on 255', () => {
  const said = { reportedValue: -108.1, reported: reported([{ formula: 'target-0-255' }]) };
  const finding = check({ target: { scale: 1 / 255 } }, undefined, said);
  expect(finding).not.toHaveProperty('severity');
  expect(finding).toMatchObject({ effect: { loss: 'bce-logits', before: -108.1, after: 0.3 } });
  const declared = { reportedValue: 0.3, reported: reported([{ formula: 'declared' }]) };
  expect(check({ target: { scale: 1 / 255 } }, undefined, declared)).toMatchObject({ severity: 'note' });
});
