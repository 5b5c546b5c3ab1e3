import { type From, type Kind, type LossSpec, type LossTerm, sumLoss } from '../core/index.ts';
import type { WeightedSpec } from './wiring.ts';

const kinds: readonly Kind[] = ['binary', 'exclusive', 'multilabel'];

/** A sum that was typed, as one loss. What it is handed, and the activation, are those of the first term that is particular about it. */
export function compoundSpec(terms: readonly WeightedSpec[], text: string, declared: boolean): LossSpec {
  const specs = terms.map(({ spec }) => spec);
  const leading = specs.find((spec) => spec.from !== 'auto') ?? specs[0];
  const from: From = leading?.from ?? 'auto';
  const parts = terms.map(
    ({ factor, spec }): LossTerm => ({
      factor,
      loss: spec.loss,
      options: spec.options,
      from: spec.from,
      text: spec.text,
    }),
  );
  const loss = sumLoss({
    id: 'compound',
    title: title(terms),
    family: 'compound',
    formula: `L = ${text}`,
    about: 'A weighted sum of losses. Every term keeps its own options and its own activation.',
    when: 'as the training code has it',
    source: 'the sum as typed',
    options: {},
    from,
    kinds: kinds.filter((kind) => specs.every((spec) => spec.loss.kinds.includes(kind))),
    weighted: specs.some((spec) => spec.loss.weighted),
    activation: (_, kind) => leading?.loss.activation(leading.options, kind) ?? 'softmax',
    terms: () => parts,
  });
  return { loss, options: {}, from, text, declared };
}

/** `Dice loss + 0.5 cross-entropy`. */
function title(terms: readonly WeightedSpec[]): string {
  return terms
    .map(({ factor, spec }, k) => {
      const sign = factor < 0 ? (k === 0 ? '-' : ' - ') : k === 0 ? '' : ' + ';
      const size = Math.abs(factor);
      return `${sign}${size === 1 ? '' : `${size} `}${spec.loss.title}`;
    })
    .join('');
}
