import { expect, test } from 'vitest';
import { orientationsOf, type Placement, type Repair } from '../../src/core/index.ts';
import { orientTarget, pairTarget, relabelTarget, resamplePrediction, shiftTarget } from '../../src/repairs/index.ts';
import { evaluation, subject } from '../rules/_subject.ts';

const about = subject({ channels: 3 });
const loss = evaluation('ce', about);
const wired = { ...loss.wired, target: { scale: 1, shift: -1 } };

test.each<[Repair, Placement, string]>([
  [orientTarget, { orientations: orientationsOf(2).slice(2, 3) }, 'target flipped left-right'],
  [orientTarget, { orientations: orientationsOf(2).slice(0, 2) }, 'target turned image by image'],
  [shiftTarget, { offset: [7, 0] }, 'target moved by (-7, 0) pixels, the rim ignored'],
  [relabelTarget, { classes: [1, 0, 2] }, '2 classes of the target renamed'],
  [pairTarget, { images: [1, 2, 0, 3] }, '3 predictions paired with other targets'],
])('%o with %o: what was done, and the view, which keeps how values are read', (repair, placement, what) => {
  expect(repair.what(about, loss, { repair: repair.id, placement })).toBe(what);
  const { target } = repair.view(about, { ...loss, wired }, { repair: repair.id, placement });
  expect(target).toEqual({ scale: 1, shift: -1, ...placement });
});

test('a resampled prediction is read as it was; the size is named as that of the target', () => {
  const other = subject({ target: { shape: [2, 400, 200], layout: 'NHW' } });
  expect(resamplePrediction.what(other, loss, { repair: resamplePrediction.id })).toContain('400 x 200');
  expect(resamplePrediction.view(other, loss, { repair: resamplePrediction.id })).toBe(loss.wired);
});
