import { expect, test } from 'vitest';
import { sentences } from '../../src/reporters/_sentences.ts';

test.each([
  ['the mask holds 0 and 255. divide by 255', 'The mask holds 0 and 255. Divide by 255.'],
  ['cross-entropy is 1.5; a guess costs 1.4', 'Cross-entropy is 1.5; a guess costs 1.4.'],
  ['ce is 0.3. torch divides by the weights', 'ce is 0.3. torch divides by the weights.'],
  ['bce-logits:count=all is 0.3', 'bce-logits:count=all is 0.3.'],
  ['weighted-ce has none', 'weighted-ce has none.'],
  ['convert it, e.g. with a table, ... and so on', 'Convert it, e.g. with a table, ... and so on.'],
  ['nn.Softmax over dim=0. nn.Softmax over dim=1', 'nn.Softmax over dim=0. nn.Softmax over dim=1.'],
  ['3 of 4 values are NaN. why?', '3 of 4 values are NaN. Why?'],
  ['', ''],
])('%s', (found, read) => expect(sentences(found)).toBe(read));
