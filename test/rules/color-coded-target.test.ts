import { expect, test } from 'vitest';
import { colorCodedTarget } from '../../src/rules/color-coded-target.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

const obstacle = { rule: 'color-coded-target', blocks: ['target', 'pair'], reason: 'colours' } as const;

function check(changes: SubjectChanges) {
  return colorCodedTarget.check({}, subject(changes), circumstances());
}

test('the colours are listed with their shares', () => {
  const colours = [
    { colour: [0, 0, 0], pixels: 300 },
    { colour: [128, 0, 0], pixels: 100 },
  ];
  expect(check({ obstacles: [obstacle], truth: { colours }, target: { shape: [20, 20, 3] } })).toMatchObject({
    message: expect.stringMatching(/\[20, 20, 3\] with 2 colours: \(0, 0, 0\) 75 % and \(128, 0, 0\) 25 %/),
    evidence: expect.arrayContaining([{ label: 'colour 128, 0, 0', value: 25, unit: '%' }]),
  });
});

test('too many colours to list are a photograph or a lossy file', () => {
  expect(check({ obstacles: [obstacle] })).toMatchObject({ message: expect.stringContaining('too many colours') });
});

test('a target of ids is clear', () => {
  expect(check({})).toBeUndefined();
});
