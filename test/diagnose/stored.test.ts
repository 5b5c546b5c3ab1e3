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
