import type { Example, Verdict } from './core/index.ts';
import { exampleCase } from './diagnose/example.ts';
import { diagnose, trend } from './index.ts';

/** What lossprobe says of the example of a rule: of the one prediction, or of the whole series where the rule is about several. */
export function exampleVerdicts(example: Example): readonly Verdict[] {
  const { prediction, before, target, options } = exampleCase(example);
  switch (example.series?.of) {
    case undefined:
      return diagnose(prediction, target, options).cases[0]?.verdicts ?? [];
    case 'checkpoints':
      return trend([...before, prediction], target, options).verdicts;
    case 'modes':
      return trend([], target, { ...options, modes: [...before, prediction] }).verdicts;
  }
}
