import { type Rule, rule } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

const shareLimit = 0.95;

/** A sum of losses of which only one moves the network. */
export const termDominates: Rule = rule({
  id: 'term-dominates',
  title: 'one term of the sum has nearly all of the gradient',
  severity: 'warning',
  explain: {
    test:
      'The gradient of one term of the declared sum, its factor included, has more than 95 % of the sum of the norms of all terms. ' +
      'Under 5 % a term is noise.',
    why:
      'What trains the network is the gradient, not the value: two terms of equal value can differ a hundredfold in pull. A term ' +
      'that was summed instead of averaged, a distance map in pixels, or a factor copied from another image size lets one term ' +
      'decide alone; the others only decorate the log.',
    fix: [
      { framework: 'PyTorch', text: 'rescale: the factor in the message gives both the same pull on these arrays' },
      { framework: 'MONAI', text: 'lambda_dice and lambda_ce (lambda_focal, ...)' },
      { framework: 'nnU-Net', text: 'weight_ce and weight_dice' },
      { framework: 'Keras', text: 'loss_weights in compile, or factors in the custom loss' },
    ],
    exceptions:
      'Late in training the terms can fade at different rates; look at an early checkpoint as well. A boundary term is often ' +
      'raised step by step on purpose.',
    seen: [
      'https://github.com/LIVIAETS/boundary-loss/issues/38',
      'https://github.com/constantinpape/torch-em/pull/178',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.4], b: [0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice + 50*bce-logits'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.4], b: [0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice + bce-logits'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: {},
  check(_values, _subject, circumstances) {
    const sums = declaredLosses(circumstances).flatMap(({ spec, terms = [] }) =>
      terms.length > 1 ? [{ spec, terms }] : [],
    );
    if (sums.length === 0) return { notApplicable: 'no sum of losses was declared (--loss)' };
    for (const { spec, terms } of sums) {
      const pulls = terms.map((term) => ({
        term,
        l2: term.gradient?.l2 ?? Number.NaN,
        share: term.gradient?.share ?? Number.NaN,
      }));
      const [most, next] = [...pulls].sort((a, b) => b.share - a.share);
      // A term without any gradient is another defect: missing-term.
      if (most === undefined || next === undefined || !(most.share > shareLimit && next.l2 > 0)) continue;
      const factor = most.term.factor * (next.l2 / most.l2);
      return {
        message:
          `${most.term.spec.text} has ${percent(most.share)} of the gradient of ${spec.text}; up to 95 % leaves the others a say. a ` +
          `factor of ${significant(factor, 2)} instead of ${significant(most.term.factor)} would give it the pull of ` +
          `${next.term.spec.text}.`,
        evidence: pulls.map(({ term, l2, share }) => ({
          label: `${significant(term.factor)} x ${term.spec.text}`,
          value: `value ${significant(term.factor * term.value.value)}, gradient ${significant(l2)} (${percent(share)})`,
          ...(share > shareLimit ? { limit: '95 %' } : {}),
        })),
        strength: 0.7,
      };
    }
    return undefined;
  },
});
