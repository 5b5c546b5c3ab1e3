import { expect, test } from 'vitest';
import { allIgnored } from '../../src/rules/all-ignored.ts';
import { classesOf } from './_counts.ts';
import { circumstances, subject } from './_subject.ts';

/** Valid and ignored pixels per image, of 100. */
function check(valid: readonly number[], ignored: readonly number[], ignore: readonly number[] = [255]) {
  const classes = classesOf(
    valid.map((n) => [n, 0]),
    ignored,
  );
  return allIgnored.check({ classes }, subject({ spatial: [10, 10], images: valid.length, ignore }), circumstances());
}

test('no valid pixel in the whole case is an error', () => {
  expect(check([0], [100])).toMatchObject({ message: expect.stringContaining('all 100 pixels') });
  expect(check([0, 0], [100, 100])).not.toHaveProperty('severity');
});

test('a single image without a valid pixel is a warning that names it', () => {
  expect(check([50, 0, 1], [50, 100, 99])).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('image 1 of 3'),
  });
  expect(check([0, 0, 1], [100, 100, 99])).toMatchObject({ message: expect.stringContaining('images 0 and 1 of 3') });
});

test('one valid pixel is enough', () => {
  expect(check([1], [99])).toBeUndefined();
});

test('pixels whose label has no class are not ignored ones', () => {
  expect(check([0], [99])).toBeUndefined();
  expect(check([0], [100], [])).toBeUndefined();
});
