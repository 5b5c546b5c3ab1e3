import { type Evaluation, givenOptions, type Rule, rule, type StoredLoss } from '../core/index.ts';
import { percent, significant } from './_words.ts';

/** Smallest change that no order of summation explains, of the stored value; half precision is coarser. */
const limits = { float16: 2e-3, others: 1e-4 };

/** Values next to 0 may differ by so much anyway. */
const least = 1e-6;

/** A loss now and in the stored run. */
interface Pair {
  readonly now: Evaluation;
  readonly then: StoredLoss;
}

/** A loss that was another one in an earlier run on the same arrays. */
export const lossDrift: Rule = rule({
  id: 'loss-drift',
  title: 'a loss is not what it was in the stored run',
  severity: 'note',
  explain: {
    test:
      'A loss differs from its stored value (--baseline) by more than 0.0001 of it (0.002 for float16 files) and more than 0.000001. ' +
      'Another order of summation changes less, another definition more. With no loss of the same spelling, one of the same name.',
    why:
      'On the same arrays a loss can only change with its definition: another version of a library, another default of an option, ' +
      'other class weights or ignored labels. Curves from before and after cannot be compared then, nor can thresholds that were tuned on them.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'pin the version (torch==...) and pass every option by name: reduction, weight, ignore_index, label_smoothing',
      },
      {
        framework: 'MONAI',
        text: 'pin the version; pass include_background, smooth_nr, smooth_dr, batch and reduction by name',
      },
      { framework: 'Keras', text: 'pin the version; pass from_logits, reduction and label_smoothing by name' },
    ],
    exceptions: 'Arrays that were exported anew: other predictions have another loss, and nothing is wrong with it.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--baseline', 'ce:label-smoothing=0.1=0.45'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--baseline', 'ce=0.336643'],
    },
  },
  looksAt: [],
  explains: [],
  needs: {},
  check(_values, { prediction }, { losses, others, baseline }) {
    if (baseline.length === 0) return { notApplicable: 'no losses of an earlier run were given (--baseline)' };
    const pairs = [...losses, ...others].flatMap((now) => {
      const then = sameLoss(now, baseline);
      return then === undefined || now.raises !== null ? [] : [{ now, then }];
    });
    if (pairs.length === 0) return { notApplicable: 'none of the stored losses was taken in this run' };
    const limit = prediction.dtype === 'float16' ? limits.float16 : limits.others;
    const [worst] = pairs.filter((pair) => !(changeOf(pair) <= limit)).sort((a, b) => changeOf(b) - changeOf(a));
    if (worst === undefined) return undefined;
    const { now, then } = worst;
    const change = changeOf(worst);
    const option = firstDifference(then.spec, now.spec.text);
    const by = change < Infinity ? `, ${percent(change)} ${now.value > then.value ? 'more' : 'less'}` : '';
    const reason =
      option === null
        ? 'It is spelt alike in both: compare versions, weights and ignored labels.'
        : `The first option that differs: ${option}.`;
    return {
      message: `${now.spec.text} is ${significant(now.value, 6)} and was ${significant(then.value, 6)}${by}. ${reason}`,
      evidence: [
        { label: `${now.spec.loss.id}, now`, value: now.value },
        { label: `${now.spec.loss.id}, stored`, value: then.value },
        { label: 'relative change', value: change, limit },
      ],
      strength: 0.4,
    };
  },
});

/** The stored loss of the same spelling, else one of the same name. */
function sameLoss({ spec }: Evaluation, stored: readonly StoredLoss[]): StoredLoss | undefined {
  return (
    stored.find((it) => it.spec === spec.text) ?? stored.find((it) => it.spec.split(':')[0]?.trim() === spec.loss.id)
  );
}

/** Relative to the stored value; 0 where both are the same, NaN and infinities included, or next to 0. */
function changeOf({ now, then }: Pair): number {
  if (Object.is(now.value, then.value)) return 0;
  const change = Math.abs(now.value - then.value);
  if (!(change < Infinity)) return Infinity;
  return change <= least ? 0 : change / Math.abs(then.value);
}

/** The first option that is given in one of two spellings and not in the other, or given differently. */
function firstDifference(then: string, now: string): string | null {
  const [before, after] = [givenOptions(then), givenOptions(now)];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old = 'the default', own = 'the default'] = [before.get(name), after.get(name)];
    if (old !== own) return `${name} was ${old} and is ${own}`;
  }
  return null;
}
