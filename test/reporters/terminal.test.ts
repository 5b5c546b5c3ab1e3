import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import type { Display } from '../../src/core/reporter.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { display, loss, oneCase, report, verdict } from './_builders.ts';
import { doubleSoftmax, healthy, notNumbers, warningOnly } from './_samples.ts';

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
