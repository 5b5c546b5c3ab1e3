import { expect, test } from 'vitest';
import { explainReported } from '../../src/diagnose/reported.ts';
import { parseReported } from '../../src/diagnose/typed.ts';
import { formulas } from '../../src/formulas/index.ts';
import { random } from '../_arrays.ts';
import { draws } from './_draws.ts';

test('of 500 numbers made by a change of a declared loss, at least 95 % are told by five digits', () => {
  const wrong: string[] = [];
  const all = draws(500, 20_261);
  for (const { loss, evaluation, measurements, change, value } of all) {
    const typed = parseReported(value.toPrecision(5));
    const { matches } = explainReported([typed], [evaluation], measurements, formulas);
    if (matches[0]?.formula === change.formula) continue;
    wrong.push(
      `${loss}, ${change.departures.join(' and ')}: ${typed.text} taken for ${matches[0]?.formula ?? 'nothing'}`,
    );
  }
  const rate = 1 - wrong.length / all.length;
  console.log(`told right: ${(100 * rate).toFixed(1)} % of ${all.length} numbers at five digits\n${wrong.join('\n')}`);
  expect(rate).toBeGreaterThanOrEqual(0.95);
}, 60_000);

test('of 300 numbers that nothing made, less than 1 % are explained', () => {
  const next = random(77);
  const wrong: string[] = [];
  let all = 0;
  for (const { loss, evaluation, measurements } of draws(30, 4_711)) {
    for (let k = 0; k < 10; k++) {
      // Near the declared value, where candidates crowd, and over four decades.
      const decades = k % 2 === 0 ? 0.6 : 4;
      const value = evaluation.value * 10 ** (decades * (next() - 0.5));
      const typed = parseReported(value.toPrecision(4 + (k % 3)));
      const { verdict, matches } = explainReported([typed], [evaluation], measurements, formulas);
      if (verdict === 'explained') wrong.push(`${loss}: ${typed.text} taken for ${matches[0]?.formula}`);
      all++;
    }
  }
  console.log(
    `explained by accident: ${((100 * wrong.length) / all).toFixed(2)} % of ${all} numbers\n${wrong.join('\n')}`,
  );
  expect(wrong.length / all).toBeLessThan(0.01);
}, 60_000);
