import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { terminal } from '../../src/reporters/terminal.ts';
import { anyReport } from './_arbitrary.ts';
import { display } from './_builders.ts';
import { doubleSoftmax, samples } from './_samples.ts';

/** Sets the colours of chalk aside, and nothing else. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const anyDisplay = fc.record({
  width: fc.oneof(fc.constant(80), fc.constant(120), fc.integer({ min: 40, max: 200 })),
  colour: fc.boolean(),
  verbose: fc.boolean(),
  quiet: fc.boolean(),
});

describe('whatever the report says', () => {
  test('no line is wider than the display, and no control character survives', () => {
    fc.assert(
      fc.property(anyReport, anyDisplay, (report, shown) => {
        const text = terminal.render(report, shown);
        const plain = text.replace(colours, '');
        expect(plain).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
        for (const line of plain.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(shown.width);
        if (!shown.colour) expect(text).toBe(plain);
      }),
      { numRuns: 200 },
    );
  });

  test('colour changes no character', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = (colour: boolean) =>
          terminal.render(report, display({ colour })).replace(colours, '').split('\n');
        expect(lines(true).map((line) => line.trimEnd())).toEqual(lines(false).map((line) => line.trimEnd()));
      }),
      { numRuns: 30 },
    );
  });

  test('the text ends with one line end, has no double gaps and no spaces at the ends of lines', () => {
    fc.assert(
      fc.property(anyReport, anyDisplay, (report, shown) => {
        const text = terminal.render(report, { ...shown, colour: false });
        expect(text).toMatch(/[^\n]\n$/);
        expect(text).not.toMatch(/\n\n\n| \n/);
      }),
    );
  });
});

describe('the samples', () => {
  for (const [name, report] of Object.entries(samples)) {
    test(`${name} fits 80 and 120 columns and differs when there is more room`, () => {
      for (const width of [80, 120]) {
        const lines = terminal.render(report, display({ width })).split('\n');
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }
      expect(terminal.render(report, display({ width: 120 }))).not.toBe(terminal.render(report, display()));
    });
  }

  test('an unknown or absurd width is taken for 80 or 40', () => {
    const at = (width: number) => terminal.render(doubleSoftmax, display({ width }));
    expect(at(Number.NaN)).toBe(at(80));
    expect(at(Number.POSITIVE_INFINITY)).toBe(at(80));
    expect(at(0)).toBe(at(40));
  });
});
