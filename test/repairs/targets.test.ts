import { expect, test } from 'vitest';
import { flattenRamps, ignoreStrangeLabels, readLevels, recentreTarget } from '../../src/repairs/index.ts';
import { valuesOf } from '../rules/_counts.ts';
import { evaluation, subject } from '../rules/_subject.ts';

test('the two values of a normalised mask become 0 and 1, whatever they were', () => {
  for (const [low, high] of [
    [-1, 1],
    [-2.118, 2.249],
  ] as const) {
    const about = subject({ channels: 1, truth: { values: valuesOf([low, 5], [high, 5]) } });
    const { scale, shift } = recentreTarget.view(about, evaluation('bce-logits', about), {
      repair: recentreTarget.id,
    }).target;
    expect(low * scale + shift).toBeCloseTo(0, 12);
    expect(high * scale + shift).toBeCloseTo(1, 12);
    expect(recentreTarget.what(about, evaluation('bce-logits', about), { repair: recentreTarget.id })).toContain(
      `${low} and ${high}`,
    );
  }
});

test('ignored values are no end of the range', () => {
  const values = valuesOf([-100, 5], [-1, 5], [1, 5]);
  const about = subject({ channels: 1, ignore: [-100], truth: { values } });
  expect(recentreTarget.view(about, evaluation('bce-logits', about), { repair: recentreTarget.id }).target).toEqual({
    scale: 0.5,
    shift: 0.5,
  });
});

test('every label without a class is ignored, beside those already ignored', () => {
  const values = valuesOf([-1, 1], [0, 1], [5, 1], [6, 1], [250, 1], [255, 1]);
  const about = subject({ channels: 6, ignore: [255], truth: { values } });
  expect(ignoreStrangeLabels.view(about, evaluation('ce', about), { repair: ignoreStrangeLabels.id }).ignore).toEqual([
    -1, 6, 250,
  ]);
  expect(ignoreStrangeLabels.what(about, evaluation('ce', about), { repair: ignoreStrangeLabels.id })).toBe(
    'labels -1, 6, 250 ignored',
  );
});

test('values are read by a table; where the picture is read so already, the values as they are stand for the defect', () => {
  const levels = [[0, 0] as const, [255, 1] as const];
  const about = subject({ channels: 1 });
  const loss = evaluation('bce-logits', about);
  expect(readLevels.view(about, loss, { repair: readLevels.id, levels }).target).toEqual({
    scale: 1,
    shift: 0,
    levels,
  });
  expect(readLevels.what(about, loss, { repair: 'read-levels', levels })).toBe('labels 0, 255 read as 0, 1');
  expect(readLevels.before?.(about, loss)).toBeUndefined();
  const picture = subject({ channels: 1, target: { levels } });
  expect(readLevels.before?.(picture, loss)?.target.levels).toEqual([]);
});

test('a long table is shortened', () => {
  const levels = Array.from({ length: 9 }, (_, id) => [id / 3, id] as const);
  const about = subject({ channels: 9 });
  expect(readLevels.what(about, evaluation('ce', about), { repair: 'read-levels', levels })).toBe(
    'labels 0, 0.3333, 0.6667, 1, 1.333, ... 2.667 read as 0, 1, 2, 3, 4, ... 8',
  );
});

test('ramps are flattened under the view that says so', () => {
  const about = subject({ channels: 7 });
  expect(flattenRamps.view(about, evaluation('ce', about), { repair: flattenRamps.id }).target).toEqual({
    scale: 1,
    shift: 0,
    flat: true,
  });
});
