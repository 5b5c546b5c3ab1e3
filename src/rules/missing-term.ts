import { type Evaluation, type Finding, type Rule, rule, type Subject, type TermEvaluation } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { digitsLimit, explanation, isReported, reportedNumber } from './_reported.ts';
import { listed, significant } from './_words.ts';

/** A term of the declared sum that is not there. */
export const missingTerm: Rule = rule({
  id: 'missing-term',
  title: 'a term of the sum is missing',
  severity: 'error',
  explain: {
    test:
      'The reported value equals, to all digits typed (three at least), the sum of some but not all of the declared terms; or a term ' +
      'is a softmax over one channel, which is constant. A warning where another term has no gradient at all and is not 0.',
    why:
      'The log shows one number, so nobody sees that it is made of one part less: cross-entropy of one channel is 0 for any ' +
      'prediction, a factor of 0 was left from an experiment, a variable was overwritten instead of added to. Training then ' +
      'optimises something else than planned.',
    fix: [
      { framework: 'PyTorch', text: 'log every term by itself; check total = total + term, and the factors' },
      { framework: 'MONAI', text: 'DiceCELoss on one channel needs sigmoid=True and a version that takes BCE there' },
      { framework: 'SMP', text: 'add the losses up yourself: SMP has no compound' },
      { framework: 'Keras', text: 'a custom loss must return the sum; with several outputs see loss_weights' },
    ],
    exceptions: 'A factor that starts at 0 and is raised during training: declare the sum as it is at this step.',
    seen: ['https://github.com/Junelin2333/LanGuideMedSeg-MICCAI2023/issues/13'],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice + ce', '--reported', '0.336643'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice + ce'],
    },
  },
  looksAt: ['pair'],
  explains: ['term-dominates', 'convention-variant'],
  needs: {},
  check(_values, subject, circumstances) {
    const sums = declaredLosses(circumstances).flatMap((loss) =>
      (loss.terms?.length ?? 0) > 1 ? [{ loss, terms: loss.terms ?? [] }] : [],
    );
    if (sums.length === 0) return { notApplicable: 'no sum of losses was declared (--loss)' };
    const typed = reportedNumber(circumstances);
    const asDeclared = circumstances.reported?.verdict === 'declared';
    for (const { loss, terms } of sums) {
      const idle = terms.find((term) => isConstant(term, subject)) ?? terms.find((term) => isStill(term, terms));
      if (idle !== undefined) return idleTerm(idle, loss, isConstant(idle, subject));
      if (typed === null || !(typed.digits >= digitsLimit) || asDeclared) continue;
      const match = explanation(circumstances, ['missing-term']);
      const part = strictSubsets(terms).find((some) => isReported(sumOf(some), typed, subject));
      if (part !== undefined) return lacking(loss, terms, part, typed.text, typed.value);
      if (match !== null) return reweighed(loss, terms, match.departures, match.value);
    }
    return undefined;
  },
});

function sumOf(terms: readonly TermEvaluation[]): number {
  return terms.reduce((sum, { factor, value }) => sum + factor * value.value, 0);
}

/** Every choice of some, but not all, of the terms. */
function strictSubsets(terms: readonly TermEvaluation[]): TermEvaluation[][] {
  const all = 2 ** Math.min(terms.length, 8) - 1;
  return Array.from({ length: all - 1 }, (_, at) => terms.filter((_term, k) => ((at + 1) >> k) % 2 === 1));
}

function isConstant({ spec }: TermEvaluation, { channels, kind }: Subject): boolean {
  return channels === 1 && spec.loss.activation(spec.options, kind) === 'softmax';
}

/** True for a term that costs something and yet pulls at nothing, beside one that does. */
function isStill({ value, factor, gradient }: TermEvaluation, terms: readonly TermEvaluation[]): boolean {
  const others = terms.some((it) => (it.gradient?.l2 ?? 0) > 0);
  return others && factor !== 0 && gradient?.l2 === 0 && Math.abs(value.value) > 1e-6;
}

function idleTerm(term: TermEvaluation, { spec, value }: Evaluation, constant: boolean): Finding {
  return {
    ...(constant ? {} : { severity: 'warning' }),
    title: 'a term of the sum cannot move the network',
    message:
      `${term.spec.text} is ${significant(term.value.value)} and has no gradient` +
      `${constant ? ': softmax over one channel is 1 whatever the network says' : ''}. of ${spec.text} only the rest trains. replace ` +
      `it by a loss that fits${constant ? ', such as bce-logits for one channel' : ''}.`,
    evidence: [
      { label: spec.text, value },
      { label: `${significant(term.factor)} x ${term.spec.text}`, value: term.factor * term.value.value },
      { label: 'its gradient', value: term.gradient?.l2 ?? 0, limit: 'above 0' },
    ],
    strength: constant ? 0.9 : 0.5,
  };
}

function lacking(
  { spec, value }: Evaluation,
  terms: readonly TermEvaluation[],
  part: readonly TermEvaluation[],
  text: string,
  reported: number,
): Finding {
  const missing = terms.filter((term) => !part.includes(term)).map((term) => term.spec.text);
  return {
    message:
      `the reported ${text} is ${listed(part.map((term) => term.spec.text))} alone; ${spec.text} would be ${significant(value, 6)}. ` +
      `add ${listed(missing)}, or declare the loss without it.`,
    evidence: [{ label: 'reported', value: reported }, { label: spec.text, value }, ...termValues(terms)],
    effect: { what: `${listed(missing)} added`, loss: spec.text, before: reported, after: value },
    strength: 0.9,
  };
}

function reweighed(
  { spec, value }: Evaluation,
  terms: readonly TermEvaluation[],
  departures: readonly string[],
  reported: number,
): Finding {
  return {
    title: 'the terms of the sum are weighed in another way',
    message: `the reported value is ${spec.text} with other factors: ${departures.join(', ')}. check the factors of the terms.`,
    evidence: [{ label: 'reported', value: reported }, { label: spec.text, value }, ...termValues(terms)],
    effect: { what: 'factors as declared', loss: spec.text, before: reported, after: value },
    strength: 0.8,
  };
}

function termValues(terms: readonly TermEvaluation[]): { label: string; value: number }[] {
  return terms.map(({ spec, factor, value }) => ({
    label: `${significant(factor)} x ${spec.text}`,
    value: factor * value.value,
  }));
}
