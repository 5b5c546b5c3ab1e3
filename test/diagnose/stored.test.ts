import { expect, test } from 'vitest';
import { parseStored } from '../../src/diagnose/stored.ts';

test.each([
  ['ce=0.337', { spec: 'ce', value: 0.337 }],
  ['focal:gamma=3=0.12', { spec: 'focal:gamma=3', value: 0.12 }],
  ['dice + 0.5*ce = 1e-3', { spec: 'dice + 0.5*ce', value: 0.001 }],
  ['ce=NaN', { spec: 'ce', value: Number.NaN }],
  ['ce=-Infinity', { spec: 'ce', value: -Infinity }],
])('%s is a loss and its value', (text, stored) => {
  expect(parseStored(text)).toEqual(stored);
});

test.each(['0.337', '=0.337', 'ce=', 'ce=low', ''])('"%s" is refused', (text) => {
  expect(() => parseStored(text)).toThrow('not a loss and its value');
});

test.each([
  ['nope=3', 'there is no loss "nope"'],
  ['ce=1.2,dice=3', 'there is no loss "ce=1.2,dice"'],
  ['ce:smoothing=1=3', 'ce has no option "smoothing"'],
])('%s is refused: there is no such loss', (text, sentence) => {
  expect(() => parseStored(text)).toThrow(/^--baseline/);
  expect(() => parseStored(text)).toThrow(sentence);
});
