import { chanceMatches, type Rule, rule } from '../core/index.ts';
import { digitsLimit, reportedNumber } from './_reported.ts';
import { plural, significant } from './_words.ts';

/** A reported value that many formulas fit. */
export const tooFewDigits: Rule = rule({
  id: 'too-few-digits',
  title: 'the reported value has too few digits to tell formulas apart',
  severity: 'note',
  explain: {
    test: 'The reported value was typed with fewer than three significant digits. NaN and infinities are exact.',
    why:
      'A value with two digits is known to half a percent or worse. With dozens of formulas to choose from, some of them fit by ' +
      'chance, so a match says nothing. Each further digit makes a chance match ten times rarer.',
    fix: [
      { framework: 'PyTorch', text: 'print(f"{loss.item():.6g}")' },
      { framework: 'MONAI', text: 'the same; StatsHandler and tqdm shorten what they print' },
      { framework: 'Keras', text: 'history.history["loss"], or CSVLogger; the progress bar rounds to four decimals' },
    ],
    exceptions: 'A value that is round by nature, such as a loss of exactly 0.5.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '0.34'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '0.337'],
    },
  },
  looksAt: [],
  explains: [],
  needs: {},
  check(_values, { prediction }, circumstances) {
    const typed = reportedNumber(circumstances);
    if (typed === null) return { notApplicable: 'no reported value was given (--reported)' };
    if (!(typed.digits < digitsLimit)) return undefined;
    const candidates = circumstances.reported?.candidates ?? 0;
    const chance = chanceMatches(typed, candidates, prediction.dtype);
    return {
      message:
        `${typed.text} has ${typed.digits === 0 ? 'no significant digit' : plural(typed.digits, 'significant digit')}; ` +
        `${digitsLimit} are needed to tell formulas apart. about ${significant(chance, 2)} of ${plural(candidates, 'formula')} fit by ` +
        'chance: copy all digits that the log has.',
      evidence: [
        { label: 'significant digits', value: typed.digits, limit: digitsLimit },
        { label: 'chance matches to expect', value: chance, limit: 0.01 },
      ],
      strength: 0.2,
    };
  },
});
