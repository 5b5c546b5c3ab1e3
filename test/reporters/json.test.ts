import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { decode, encode } from '../../src/reporters/_encode.ts';
import { json } from '../../src/reporters/json.ts';
import { anyReport } from './_arbitrary.ts';
import { classRow, display, loss, oneCase, report } from './_builders.ts';
import { doubleSoftmax, healthy, notNumbers, samples } from './_samples.ts';

describe('writing and reading back', () => {
  test('any report survives, non-finite numbers in every number field included', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        // Cloned, because some generated objects have no prototype.
        expect(decode(encode(one))).toStrictEqual(structuredClone(one));
      }),
    );
  });

  for (const [name, sample] of Object.entries(samples)) {
    test(`the sample ${name} survives`, () => expect(decode(encode(sample))).toStrictEqual(sample));
  }

  test('a name that reads NaN stays a name', () => {
    const [first] = decode(encode(notNumbers)).cases;
    expect(first?.classes[0]?.name).toBe('NaN');
    expect(first?.classes[0]?.dice).toBeNaN();
    expect(first?.reported?.values[0]?.typed).toBe('nan');
  });

  test('the same report gives the same text, in whatever order its fields were put in', () => {
    const backwards = Object.fromEntries(Object.entries(healthy).reverse()) as unknown as typeof healthy;
    expect(encode(backwards)).toBe(encode(healthy));
  });
});

describe('the text', () => {
  test('is JSON with the fields of the contract in their order', () => {
    const parsed = JSON.parse(json.render(doubleSoftmax, display()));
    expect(Object.keys(parsed)).toEqual(['schema', 'tool', 'cases', 'summary']);
    const [one] = parsed.cases;
    expect(Object.keys(one).join(' ')).toBe('id prediction target assumptions losses classes verdicts reported');
    expect(Object.keys(one.losses[0]).join(' ')).toBe(
      'loss spec declared value perClass gradient uniform prior floor lowerBound terms',
    );
    expect(Object.keys(one.verdicts[0]).join(' ')).toBe(
      'rule status severity role causedBy title message evidence why fix effect reason',
    );
    expect(one.verdicts[0].evidence[0]).toEqual({
      label: 'channel sums, furthest from 1',
      value: 0.0004,
      unit: null,
      limit: 0.001,
    });
  });

  test('spells non-finite numbers and keeps short lists on one line', () => {
    const text = encode(notNumbers);
    expect(text).toContain('"perClass": ["NaN", null],');
    expect(text).toContain('"max": "Infinity",');
    expect(text).toContain('"lowerBound": "-Infinity"');
    expect(text).toContain('"shape": [4, 2, 176, 240],');
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('fills lines with a long list instead of one number per line', () => {
    const perClass = Array.from({ length: 40 }, (_, i) => i / 7);
    const lines = encode(report(oneCase({ losses: [loss({ loss: 'ce', perClass })] }))).split('\n');
    const start = lines.findIndex((line) => line.includes('"perClass": ['));
    const end = lines.findIndex((line, i) => i > start && line.trim() === '],');
    expect(end - start).toBeLessThan(12);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('writes minus zero as 0', () => {
    expect(encode(report(oneCase({ classes: [classRow({ index: 0, name: '', dice: -0 })] })))).toContain('"dice": 0,');
  });

  test('holds no control characters but its own line ends', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        expect(encode(one)).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}]/u);
      }),
    );
  });
});

describe('what is not a report', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['not json', 'the report is not JSON'],
    ['[]', 'report.schema is missing; a number is expected'],
    ['null', 'report is null; an object is expected'],
    [encode(healthy).replace('"schema": 1', '"schema": 2'), 'report.schema is 2'],
    [encode(healthy).replace('"value": 0.21448', '"value": "much"'), 'report.cases[0].losses[0].value is "much"'],
    [encode(healthy).replace('"declared": true', '"declared": 1'), 'report.cases[0].losses[0].declared is 1'],
    [encode(healthy).replace('"assumptions": []', '"assumptions": 1'), 'a list is expected'],
    [encode(healthy).replace('"id": "pred.npy"', '"id": 7'), 'report.cases[0].id is 7; a text is expected'],
  ];
  for (const [text, message] of broken) {
    test(`is refused: ${message}`, () => {
      expect(() => decode(text)).toThrow(InputError);
      expect(() => decode(text)).toThrow(message);
    });
  }
});
