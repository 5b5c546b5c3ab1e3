import { expect, test } from 'vitest';
import { classNeverPresent } from '../../src/rules/class-never-present.ts';
import { classesOf } from './_counts.ts';
import { circumstances, subject } from './_subject.ts';

function check(images: readonly (readonly number[])[]) {
  const rows = images[0]?.length ?? 0;
  return classNeverPresent.check(
    { classes: classesOf(images) },
    subject({ channels: rows, images: images.length, names: null }),
    circumstances(),
  );
}

const masks = (n: number, mask: readonly number[]) => Array.from({ length: n }, () => mask);

test('from 20 masks on a class without a pixel is named, with the masks that hold each class', () => {
  expect(check([...masks(19, [5, 0, 3]), [8, 0, 0]])).toMatchObject({
    message: expect.stringContaining('class 1 has no pixel in any of 20 masks'),
    evidence: [{ value: 20 }, { value: 0 }, { value: 19 }],
  });
});

test('fewer masks are not asked', () => {
  expect(check(masks(19, [5, 0, 3]))).toMatchObject({ notApplicable: expect.stringContaining('19 masks') });
});

test('one pixel in one mask is enough', () => {
  expect(check([...masks(19, [5, 0, 3]), [4, 1, 3]])).toBeUndefined();
});
