import {
  type Example,
  type NdArray,
  type Notice,
  ndarray,
  type Question,
  type QuestionExample,
  type Verdict,
} from './core/index.ts';
import { exampleCase } from './diagnose/example.ts';
import { descend, diagnose, embed, trend } from './index.ts';

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

/** What a command finds in the example of one of its questions. */
export function exampleNotices({ command }: Question, example: QuestionExample): readonly Notice[] {
  const { prediction, before, target, options } = exampleCase(example);
  switch (command) {
    case 'descend':
      return descend(prediction, target, options).findings;
    case 'trend':
      return trend([...before, prediction], target, options).verdicts.filter(({ status }) => status === 'found');
    case 'embed': {
      const [weights, triplets] = [example.vectors, example.triplets].map(table);
      return embed(prediction, target, { ...options, weights, triplets }).findings;
    }
  }
}

function table(rows: readonly (readonly number[])[] | undefined): NdArray | undefined {
  if (rows === undefined) return undefined;
  return ndarray(Float64Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0], 'float64');
}
