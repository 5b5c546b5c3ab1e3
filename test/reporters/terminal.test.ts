import { describe, expect, test } from 'vitest';
import type { Match, Report, Reported } from '../../src/core/report.ts';
import type { Display } from '../../src/core/reporter.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import {
  ambiguous,
  classRow,
  display,
  doubleSoftmax,
  healthy,
  loss,
  notNumbers,
  oneCase,
  report,
  shapeMismatch,
  thirtyClasses,
  verdict,
  warningOnly,
} from './_samples.ts';

function shown(one: Report, changes: Partial<Display> = {}): string {
  return terminal.render(one, display(changes));
}

const [healthyCase = oneCase()] = healthy.cases;
const [brokenCase = oneCase()] = doubleSoftmax.cases;

describe('the first line', () => {
  test('names the first cause, with the rule at the right margin', () => {
    const [first = ''] = shown(doubleSoftmax).split('\n');
    expect(first).toMatch(/^x probabilities are read as logits +probabilities-as-logits$/);
    expect(first.length).toBe(80);
    expect(shown(warningOnly)).toMatch(/^! the foreground is so small/);
  });

  test('says what was checked when nothing was found, and where the loss stands', () => {
    expect(shown(healthy)).toMatch(
      /^ok no defect found\n {2}ce is 0.21448 and can fall to 0. A uniform guess costs 0.69315/,
    );
    expect(shown(healthy)).toMatch(/\nno findings, 4 checks clear/);
  });

  test('does not hide a floor, and does without what is not known', () => {
    const second = (changes: Parameters<typeof loss>[0]) =>
      shown(report(oneCase({ losses: [loss(changes)] }))).split('\n')[1];
    expect(second({ loss: 'ce', floor: 1.543 })).toContain('ce is 0.21448 and cannot fall below 1.543. A uniform');
    expect(second({ loss: 'ce', floor: null, uniform: null, prior: null })).toBe('  ce is 0.21448.');
    expect(second({ loss: 'ce', value: null })).toBe('  ce has no value here.');
    expect(shown(healthy, { quiet: true })).toMatch(/^ok no defect found\n/);
  });

  test('never claims that all is well when checks gave no answer', () => {
    const crashed = verdict({ rule: 'plateau-value', status: 'crashed', reason: 'TypeError: x' });
    const skipped = verdict({ rule: 'plateau-value', status: 'skipped' });
    expect(shown(report(oneCase({ verdicts: [crashed] })))).toMatch(/^\? no answer: 1 check crashed\n/);
    expect(shown(report(oneCase({ verdicts: [skipped] })))).toMatch(/^\? nothing could be checked\n/);
    expect(shown(report())).toMatch(/^\? there was no case to look at\n/);
  });

  test('a title that is too long for one line keeps its rule', () => {
    const long = verdict({ rule: 'plateau-value', status: 'found', title: 'long words '.repeat(12).trim() });
    const lines = shown(report(oneCase({ verdicts: [long] })), { quiet: true }).split('\n');
    expect(lines[1]).toMatch(/^ {2}long words .* {2}plateau-value$/);
    expect(lines.length).toBe(3);
  });
});

describe('findings', () => {
  test('a consequence of a consequence stands under the cause, in one line', () => {
    const chain = [
      verdict({ rule: 'unscaled-binary-target', status: 'found' }),
      verdict({ rule: 'constant-target', status: 'found', role: 'consequence', causedBy: 'unscaled-binary-target' }),
      verdict({ rule: 'empty-class-dice', status: 'found', role: 'consequence', causedBy: 'constant-target' }),
    ];
    const text = shown(report(oneCase({ verdicts: chain })));
    expect(text).toMatch(/this also explains\n {4}x constant target.*constant-target\n {4}x empty class dice.*-dice\n/);
    expect(text.match(/^[x!i] /gm)).toHaveLength(1);
  });

  test('a consequence is never hidden, not even when its cause is unknown or a circle', () => {
    const lost = [
      verdict({ rule: 'a', status: 'found', role: 'consequence', causedBy: 'b' }),
      verdict({ rule: 'b', status: 'found', role: 'consequence', causedBy: 'a' }),
      verdict({ rule: 'c', status: 'found', role: 'consequence', causedBy: 'gone' }),
    ];
    expect(shown(report(oneCase({ verdicts: lost }))).match(/^x /gm)).toHaveLength(3);
  });

  test('a warning is told as an error is, a note in two lines', () => {
    expect(shown(warningOnly).split('\n\n')[0]?.split('\n')).toHaveLength(1);
    expect(shown(warningOnly)).toContain('\n  more ');
    expect(shown(doubleSoftmax)).toMatch(/\n\ni some classes .*\n {2}The rarest .* \.\.\.\n\n {2}read/);
    expect(shown(doubleSoftmax, { verbose: true })).toContain('and cross-entropy does not.');
  });

  test('notes stand together, below all that is worse', () => {
    const note = (rule: string) => verdict({ rule, status: 'found', severity: 'note', message: 'so it is' });
    const verdicts = [note('one'), verdict({ rule: 'two', status: 'found', severity: 'warning' }), note('three')];
    const marks = shown(report(oneCase({ verdicts }))).match(/^[x!i] \w+/gm);
    expect(marks).toEqual(['! two', 'i one', 'i three']);
  });

  test('notes alone do not hide that there is neither error nor warning', () => {
    const note = verdict({ rule: 'log-aggregation', status: 'found', severity: 'note' });
    const text = shown(report(oneCase({ verdicts: [note, ...healthyCase.verdicts] })));
    expect(text).toMatch(/^ok no defect found\n[\s\S]*\n\ni log aggregation/);
    expect(text).toMatch(/\n1 note, 4 checks clear, 1 not applicable \(--verbose lists them\)\n$/);
  });

  test('a crashed check is shown with its reason', () => {
    expect(shown(notNumbers)).toMatch(
      /\n\? this check crashed .* loss-on-few-pixels\n {2}RangeError: invalid array length\n/,
    );
  });
});

describe('what was read', () => {
  test('guesses come with the flag that overrides them, and --verbose shows the certain ones too', () => {
    expect(shown(doubleSoftmax)).toMatch(
      /assumed {3}class names {2}numbers only \(guess\): none were given; --classes\n/,
    );
    expect(shown(doubleSoftmax)).not.toContain('(sure)');
    expect(shown(doubleSoftmax, { verbose: true })).toContain('layout       NCHW (sure): axis 1 has 11 entries');
  });

  test('a long path is shortened in the middle', () => {
    const path = `/scratch/${'very_long_folder_'.repeat(8)}/pred.npy`;
    const text = shown(report({ ...healthyCase, prediction: { ...healthyCase.prediction, path } }));
    expect(text).toMatch(/prediction {2}\/scratch\/very_long_fo\.\.\.\w+_\/pred\.npy\n/);
  });

  test('an unknown layout is shown as it is, and what was not given is left out', () => {
    const odd = { ...healthyCase.prediction, shape: [2, 3], layout: 'NCHW' };
    expect(shown(report({ ...healthyCase, prediction: odd }))).toContain('float32, [2, 3] NCHW, logits');
    const none = { ...healthyCase.prediction, path: '', shape: [] };
    const noTarget = { ...healthyCase.target, path: '', shape: [] };
    expect(shown(report({ ...healthyCase, prediction: none, target: noTarget }))).not.toContain('  read');
  });
});

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

describe('how much is shown', () => {
  test('--quiet leaves the headlines', () => {
    expect(shown(doubleSoftmax, { quiet: true }).split('\n')).toHaveLength(3);
    expect(shown(notNumbers, { quiet: true })).toMatch(/^x .*\n\? this check crashed .*\n$/);
    expect(shown(healthy, { quiet: true })).toMatch(/^ok .*\n$/);
  });

  test('--verbose lists every check with its status and reason', () => {
    const text = shown(doubleSoftmax, { verbose: true });
    expect(text).toMatch(/clear {5}label-out-of-range, constant-output, pair-mismatch,\n {12}nonfinite-prediction\n/);
    expect(text).toMatch(/skipped +loss-drift +switched off with --disable\n/);
    expect(text).toMatch(/not applicable +train-eval-gap +needs two exports of the same input\n/);
    expect(text).not.toContain('--verbose');
    for (const { rule } of brokenCase.verdicts) expect(text).toContain(rule);
    expect(shown(notNumbers, { verbose: true })).toMatch(/crashed +loss-on-few-pixels +RangeError/);
  });

  test('several cases have a heading each and one total', () => {
    const text = shown(report(healthyCase, { ...brokenCase, id: 'second' }));
    expect(text).toMatch(/^-- pred\.npy \(1 of 2\) -+\n\n?ok /);
    expect(text).toMatch(/\n\n-- second \(2 of 2\) -+\n\n?x /);
    expect(text.match(/checks clear,/g)).toHaveLength(1);
    expect(text).toMatch(/\n2 cases: 1 error, 1 warning, 1 note, 8 checks clear, 2 not applicable, 1 skipped\n$/);
  });
});

describe('colour', () => {
  test('is there when asked for, and only then', () => {
    expect(shown(doubleSoftmax, { colour: true })).toContain('\u001b[31m');
    expect(shown(doubleSoftmax)).not.toContain('\u001b');
  });
});
