import {
  type From,
  type Loss,
  type LossSpec,
  type OptionValue,
  parseTyped,
  typedOptions,
  UsageError,
} from '../core/index.ts';
import { losses } from '../losses/index.ts';
import { compoundSpec } from './compound.ts';
import { splitSum } from './sum.ts';

const forms: readonly From[] = ['logits', 'probabilities', 'log-probabilities', 'auto'];

/**
 * Reads a loss as it is typed: `id` or `id:option=value,option=value`, lists written `0.2/1/3`, or a weighted sum of such
 * terms: `dice + 0.5*ce`, `2*focal:gamma=3 - dice`.
 * @throws UsageError naming the unknown loss, option or value, and what there is instead.
 */
export function parseLoss(text: string, declared = true): LossSpec {
  const words = splitSum(text);
  const [first] = words;
  if (first !== undefined && words.length === 1 && first.factor === 1) return parseTerm(first.text, declared);
  const terms = words.map((it) => ({ factor: it.factor, spec: parseTerm(it.text, declared) }));
  return compoundSpec(terms, text.trim(), declared);
}

function parseTerm(text: string, declared: boolean): LossSpec {
  const typed = parseTyped(text, losses, 'loss');
  const from = (typed.given.get('from') ?? typed.member.from) as From;
  if (!forms.includes(from)) {
    throw new UsageError(`--loss "${text}": from=${from} is not one of ${forms.join(', ')}`);
  }
  const options = typedOptions(typed, text.trim(), ['from']);
  return { loss: typed.member, options, from, text: text.trim(), declared };
}

/** A loss with all its defaults. */
export function defaultSpec(loss: Loss, declared: boolean): LossSpec {
  return parseTerm(loss.id, declared);
}

/** The same loss with some options changed; the text tells which. */
export function withOptions(spec: LossSpec, change: Readonly<Record<string, OptionValue>>): LossSpec {
  const options = { ...spec.options, ...change };
  return { ...spec, options, text: specText(spec.loss, options, spec.from) };
}

/** Another loss in place of one: it is handed the same, and keeps those options that both have and that were not typed. */
export function withLoss(spec: LossSpec, text: string): LossSpec {
  const other = parseLoss(text);
  const typed = new Set(Object.keys(other.loss.options).filter((name) => text.includes(`${name}=`)));
  const kept = Object.entries(other.loss.options).filter(
    ([name, own]) =>
      !typed.has(name) &&
      name in spec.options &&
      (own.type !== 'choice' || own.choices.includes(spec.options[name])) &&
      JSON.stringify(spec.options[name]) !== JSON.stringify(spec.loss.options[name]?.default),
  );
  const change = Object.fromEntries(kept.map(([name]) => [name, spec.options[name]]));
  return withOptions({ ...other, from: spec.from, declared: false }, change);
}

/** A weighted sum as it would be typed. */
export function sumText(terms: readonly { readonly factor: number; readonly spec: LossSpec }[]): string {
  const written = terms
    .filter(({ factor }) => factor !== 0)
    .map(({ factor, spec }, k) => {
      const size = Math.abs(factor);
      const sign = k === 0 ? (factor < 0 ? '-' : '') : factor < 0 ? ' - ' : ' + ';
      return `${sign}${size === 1 ? '' : `${Number(size.toPrecision(6))}*`}${spec.text}`;
    });
  return written.join('');
}

/** A spec as it would be typed, options at their default left out. */
export function specText(loss: Loss, options: Readonly<Record<string, OptionValue>>, from: From): string {
  const parts = Object.entries(loss.options)
    .filter(([name, { default: usual }]) => JSON.stringify(options[name]) !== JSON.stringify(usual))
    .map(([name]) => `${name}=${written(options[name] ?? null)}`);
  if (from !== loss.from) parts.unshift(`from=${from}`);
  return parts.length === 0 ? loss.id : `${loss.id}:${parts.join(',')}`;
}

function written(value: OptionValue): string {
  return Array.isArray(value) ? value.join('/') : String(value);
}
