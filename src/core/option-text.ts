import { UsageError } from './errors.ts';
import type { OptionDefinition, OptionTable, OptionValue } from './options.ts';

/** A member of a collection as it was typed: `id:option=value,option=value`. */
export interface TypedMember<M> {
  readonly member: M;
  readonly given: ReadonlyMap<string, string>;
}

/**
 * Finds the member and takes the options apart; `what` is what the collection holds.
 * @throws UsageError naming the unknown id and what there is instead, or the part that is no option.
 */
export function parseTyped<M extends { readonly id: string }>(
  text: string,
  members: readonly M[],
  what: string,
): TypedMember<M> {
  const [id = ''] = text.trim().split(':');
  const member = members.find((it) => it.id === id.trim());
  if (member === undefined) {
    const ids = members.map((it) => it.id).join(', ');
    throw new UsageError(`--loss "${text}": there is no ${what} "${id.trim()}"; there are ${ids}`);
  }
  return { member, given: givenOptions(text) };
}

/**
 * The options that stand behind the id.
 * @throws UsageError naming the part that is no option.
 */
export function givenOptions(text: string): ReadonlyMap<string, string> {
  const [, ...rest] = text.trim().split(':');
  const given = new Map<string, string>();
  for (const part of rest.join(':').split(',')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    if (at < 0) throw new UsageError(`--loss "${text}": "${part}" is not option=value`);
    given.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return given;
}

/**
 * The defaults of a table, with what was typed in their place; `besides` are options that are read elsewhere.
 * @throws UsageError naming the unknown option or value, and what is allowed.
 */
export function typedOptions(
  { member, given }: TypedMember<{ readonly id: string; readonly options: OptionTable }>,
  text: string,
  besides: readonly string[] = [],
): Record<string, OptionValue> {
  const options: Record<string, OptionValue> = {};
  for (const [name, definition] of Object.entries(member.options)) options[name] = definition.default;
  for (const [name, value] of given) {
    if (besides.includes(name)) continue;
    const definition = member.options[name];
    if (definition === undefined) {
      const names = [...besides, ...Object.keys(member.options)].join(', ');
      throw new UsageError(`--loss "${text}": ${member.id} has no option "${name}"; it has ${names}`);
    }
    options[name] = parseOption(definition, value, `--loss "${text}": ${name}=${value}`);
  }
  return options;
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
