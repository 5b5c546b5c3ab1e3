import {
  type From,
  type Loss,
  type LossSpec,
  type OptionDefinition,
  type OptionTable,
  type OptionValue,
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
  const [id = '', ...rest] = text.trim().split(':');
  const found = losses.find((it) => it.id === id.trim());
  if (found === undefined) {
    const ids = losses.map((it) => it.id).join(', ');
    throw new UsageError(`--loss "${text}": there is no loss "${id.trim()}"; there are ${ids}`);
  }
  const given = new Map<string, string>();
  for (const part of rest.join(':').split(',')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    if (at < 0) throw new UsageError(`--loss "${text}": "${part}" is not option=value`);
    given.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return lossSpec(found, given, text.trim(), declared);
}

/** A loss with all its defaults. */
export function defaultSpec(loss: Loss, declared: boolean): LossSpec {
  return lossSpec(loss, new Map(), loss.id, declared);
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

function lossSpec(loss: Loss, given: ReadonlyMap<string, string>, text: string, declared: boolean): LossSpec {
  const table: OptionTable = loss.options;
  const options: Record<string, OptionValue> = {};
  for (const [name, definition] of Object.entries(table)) options[name] = definition.default;
  let from = loss.from;
  for (const [name, value] of given) {
    if (name === 'from') {
      if (!forms.includes(value as From)) {
        throw new UsageError(`--loss "${text}": from=${value} is not one of ${forms.join(', ')}`);
      }
      from = value as From;
      continue;
    }
    const definition = table[name];
    if (definition === undefined) {
      const names = ['from', ...Object.keys(table)].join(', ');
      throw new UsageError(`--loss "${text}": ${loss.id} has no option "${name}"; it has ${names}`);
    }
    options[name] = parseOption(definition, value, `--loss "${text}": ${name}=${value}`);
  }
  return { loss, options, from, text, declared };
}

function parseOption(definition: OptionDefinition, text: string, where: string): OptionValue {
  switch (definition.type) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new UsageError(`${where} is not true or false`);
    case 'choice':
      if (definition.choices.includes(text)) return text;
      throw new UsageError(`${where} is not one of ${definition.choices.join(', ')}`);
    case 'number': {
      const value = parseNumber(text, where);
      const { min = -Infinity, max = Infinity } = definition;
      if (!(value >= min && value <= max)) throw new UsageError(`${where} is outside [${min}, ${max}]`);
      return value;
    }
    case 'numbers':
      return text.split('/').map((part) => parseNumber(part, `${where} (a list is written 0.2/1/3):`));
  }
}

function parseNumber(text: string, where: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`${where} is not a number`);
  return value;
}
