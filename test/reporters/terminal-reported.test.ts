import { describe, expect, test } from 'vitest';
import type { Match, Report, Reported } from '../../src/core/report.ts';
import type { Display } from '../../src/core/reporter.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { display, oneCase, report } from './_builders.ts';
import { ambiguous } from './_samples.ts';

function shown(one: Report, changes: Partial<Display> = {}): string {
  return terminal.render(one, display(changes));
}

describe('the reported value', () => {
  test.each([
    ['explained', '0.2145 is the value of ce\n'],
    ['ambiguous', '0.2145 fits 6 formulas, and nothing tells which\n'],
    ['ambiguous', '412 values tried; by chance, 2.7 of them would fit\n'],
    ['unexplained', '0.2145 fits no formula;'],
    ['too-few-digits', '0.2145 has too few digits to tell;'],
    ['declared', '0.2145 is the value of ce, as declared: the number itself is right'],
  ] as const)('%s', (outcome, sentence) => {
    const [one = oneCase()] = ambiguous.cases;
    const reported = one.reported && { ...one.reported, verdict: outcome };
    expect(shown(report({ ...one, reported }), { width: 120 })).toContain(sentence);
  });

  const told = (changes: Partial<Reported>) => {
    const plain: Reported = {
      values: [{ name: 'loss', typed: '12.5' }],
      matches: [],
      candidates: 40,
      expectedChanceMatches: 0.001,
      verdict: 'unexplained',
      ...changes,
    };
    return shown(report(oneCase({ reported: plain })), { width: 200 });
  };
  const match = (formula: string, value: number, departure: string): Match => ({
    formula,
    spec: 'ce',
    value,
    relativeError: 1e-6,
    departures: [departure],
  });

  test('of which two formulas are the same number is said to be either', () => {
    const matches = [match('sum-over-classes', 12.5, 'summed'), match('mean-times-batch', 12.5, 'times the batch')];
    const text = told({ matches, verdict: 'explained', runnerUp: match('log2', 3, 'base 2') });
    expect(text).toContain('12.5 is the value of ce: summed\n');
    expect(text).toContain('it is as well the value of ce: times the batch: the same number here');
    expect(text).toContain('of them would fit; next is 3, the value of ce: base 2');
  });

  test('that two formulas give nearly says how many digits would tell them apart, or that none would', () => {
    const near = (by: number) =>
      told({ matches: [match('log2', 12.5, 'a'), match('log10', 12.5 * (1 + by), 'b')], verdict: 'ambiguous' });
    expect(near(2e-4)).toContain('with 5 digits the first two could be told apart');
    expect(near(1e-8)).toContain('too close for single precision');
  });

  test.each(['1', '0.3', '4e2'])('of so few digits as %s is not called right', (typed) => {
    const text = told({ values: [{ name: 'loss', typed }], verdict: 'declared' });
    expect(text).toContain('as declared, but so few digits could be another formula as well');
    expect(text).not.toContain('is right');
  });

  test('that may be a coincidence says so', () => {
    expect(told({ matches: [match('log2', 12.5, 'base 2')], verdict: 'ambiguous' })).toContain(
      '12.5 may be the value of ce: base 2, or fit by chance',
    );
  });

  test('that nothing explains is followed by what these files cannot show', () => {
    const compatible = [{ formula: 'regulariser', because: 'the rest of 0.1 may be a penalty' }];
    expect(told({ compatible })).toContain('possibly regulariser: the rest of 0.1 may be a penalty');
  });

  test('with a Dice and an IoU beside it says whether the two can be of the same masks', () => {
    const values = (iou: string) => [
      { name: 'dice', typed: '0.8' },
      { name: 'iou', typed: iou },
    ];
    expect(told({ values: values('0.667') })).toContain('dice 0.8 as one ratio is an IoU of 0.6667, as reported');
    expect(told({ values: values('0.5') })).toContain('dice 0.8 as one ratio is an IoU of 0.6667, not 0.5: one is');
    expect(told({ values: values('0.5') })).toContain('no one formula gives dice 0.8, iou 0.5 together');
    expect(told({ values: values('0.5'), verdict: 'declared' })).toContain('dice 0.8, iou 0.5 are all as declared');
  });

  test('five formulas are shown, all with --verbose', () => {
    expect(shown(ambiguous)).toContain('    and 1 more (--verbose)\n');
    expect(shown(ambiguous)).not.toContain('nll');
    expect(shown(ambiguous, { verbose: true })).toContain('nll');
  });
});
