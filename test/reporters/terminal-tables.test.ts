import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import type { Display } from '../../src/core/reporter.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { classRow, display, loss, oneCase, report } from './_builders.ts';
import { healthy, notNumbers, shapeMismatch, thirtyClasses } from './_samples.ts';

function shown(one: Report, changes: Partial<Display> = {}): string {
  return terminal.render(one, display(changes));
}

describe('tables', () => {
  test('without losses and classes there are none', () => {
    expect(shown(shapeMismatch)).not.toMatch(/uniform|Dice|share/);
    expect(shown(shapeMismatch)).toMatch(/\n1 error, 0 checks clear, 1 not applicable \(--verbose lists them\)\n$/);
  });

  test('NaN and infinity are spelled out', () => {
    expect(shown(notNumbers)).toMatch(/ce {6}NaN {6}NaN {4}NaN {4}NaN {7}NaN\n/);
    expect(shown(notNumbers)).toContain('largest value  inf            (limit NaN)');
  });

  test('of many classes the twelve that cost most are shown, dearest first, and all with --verbose', () => {
    const rows = (text: string) => text.match(/^ +\d+ organ \d+/gm) ?? [];
    expect(rows(shown(thirtyClasses))).toHaveLength(12);
    expect(rows(shown(thirtyClasses))[0]).toContain('organ 17');
    expect(shown(thirtyClasses)).toContain('largest share of the loss; 18 more with --verbose');
    expect(rows(shown(thirtyClasses, { verbose: true }))).toHaveLength(30);
  });

  test('where no share of the loss is known, the classes with most pixels are shown', () => {
    const classes = Array.from({ length: 26 }, (_, index) =>
      classRow({ index, name: `c${index}`, pixels: index, lossShare: index % 2 ? null : Number.NaN }),
    );
    expect(shown(report(oneCase({ classes })))).toMatch(/gradient\n {2}25 c25 .*\n {2}24 c24 /);
  });

  test('weights are shown when there are any, counts and the largest gradient when there is room', () => {
    const weighted = report(oneCase({ classes: [classRow({ index: 0, name: 'a', weight: 2.5 })] }));
    expect(shown(weighted)).toMatch(/weight\n.* 2\.5000\n/);
    expect(shown(healthy)).not.toMatch(/weight|count|largest/);
    expect(shown(healthy, { width: 120 })).toMatch(/largest[\s\S]*count/);
  });
});

describe('a sum of losses', () => {
  const term = (spec: string, factor: number, value: number, share: number, cosines: number[]) => ({
    spec,
    factor,
    value,
    gradient: { l2: 0.01 * share, share, cosines },
  });
  const two = [term('dice', 1, 0.4, 0.2, [1, -0.25]), term('ce', 0.5, 1.2, 0.8, [-0.25, 1])];
  const sum = (terms: typeof two, declared = true) =>
    shown(report(oneCase({ losses: [loss({ loss: 'compound', declared, terms })] })));

  test('has a line per term: what it adds, its shares of value and gradient, and the angle between the two', () => {
    expect(sum(two)).toMatch(
      /\n {2}dice +0\.40000 +40\.0 % +0\.0020000 +20\.0 % +-0\.25\n {2}0\.5 \* ce +0\.60000 +60\.0 % +0\.0080000 +80\.0 % +-0\.25\n/,
    );
  });

  test('of more than two has an angle to each', () => {
    const three = [
      term('dice', 1, 0.4, 0.2, [1, -0.25, 0.5]),
      term('ce', 1, 0.4, 0.4, [-0.25, 1, Number.NaN]),
      term('focal', 1, 0.2, 0.4, [0.5, Number.NaN, 1]),
    ];
    expect(sum(three)).toMatch(/\n {2}1 dice .* - +-0\.25 +0\.50\n {2}2 ce .* -0\.25 +- +-\n/);
  });

  test('has none where the user did not name it, and where the training code raises an error', () => {
    expect(sum(two, false)).not.toContain('cosine');
    const raised = two.map((it) => ({ ...it, gradient: null })) as unknown as typeof two;
    expect(sum(raised)).toMatch(/\n {2}dice +0\.40000 +40\.0 % +- +- +-\n/);
  });
});

describe('pixels without a gradient', () => {
  const line = / of the pixels get no gradient \(below 1e-6\) from ce; 10\.0 % are wrong\n/;
  const saturated = (vanishing: number, max: number, dice = 0.9) =>
    shown(
      report(
        oneCase({
          losses: [loss({ loss: 'ce', gradient: { l2: 1, max, perClass: [0.5, 0.5], vanishing } })],
          classes: [0, 1].map((index) => classRow({ index, name: 'a', frequency: 0.5, predicted: 0.5, dice })),
        }),
      ),
    );

  test('are told where half of the wrong ones are among them', () => {
    expect(saturated(0.951, 1e-3)).toMatch(line);
    expect(saturated(0.949, 1e-3)).not.toMatch(line);
  });

  test('are not where all gradients are small by the size of the image, or hardly a pixel is wrong', () => {
    expect(saturated(0.999, 9e-6)).not.toMatch(line);
    expect(saturated(0.999, 1e-3, 0.951)).not.toContain('below 1e-6');
  });
});
