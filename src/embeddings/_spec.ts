import { type Embedding, type OptionDefinition, type OptionValue, UsageError } from '../core/index.ts';
import { embeddings } from './index.ts';

/** An embedding loss with all its options. */
export interface EmbeddingSpec {
  readonly loss: Embedding;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly text: string;
}

/**
 * Reads an embedding loss as it is typed: `id` or `id:option=value,option=value`; lists are written `0.2/1/3`.
 * @throws UsageError naming the unknown loss, option or value, and what there is instead.
 */
export function parseEmbedding(text: string): EmbeddingSpec {
  const [id = '', ...rest] = text.trim().split(':');
  const loss = embeddings.find((it) => it.id === id.trim());
  if (loss === undefined) {
    const ids = embeddings.map((it) => it.id).join(', ');
    throw new UsageError(`--loss "${text}": there is no embedding loss "${id.trim()}"; there are ${ids}`);
  }
  const options: Record<string, OptionValue> = {};
  for (const [name, definition] of Object.entries(loss.options)) options[name] = definition.default;
  for (const part of rest.join(':').split(',')) {
    if (part.trim() === '') continue;
    const [name = '', ...value] = part.split('=').map((word) => word.trim());
    const definition = loss.options[name];
    if (definition === undefined || value.length === 0) {
      const names = Object.keys(loss.options).join(', ');
      throw new UsageError(`--loss "${text}": "${part}" is not option=value; the options of ${loss.id} are ${names}`);
    }
    options[name] = optionValue(definition, value.join('='), `--loss "${text}": ${part.trim()}`);
  }
  return { loss, options, text: text.trim() };
}

function optionValue(definition: OptionDefinition, text: string, where: string): OptionValue {
  if (definition.type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new UsageError(`${where} is not true or false`);
  }
  if (definition.type === 'choice') {
    if (definition.choices.includes(text)) return text;
    throw new UsageError(`${where} is not one of ${definition.choices.join(', ')}`);
  }
  const values = text.split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.some(Number.isNaN)) throw new UsageError(`${where} is not a number`);
  if (definition.type === 'numbers') return values;
  const [value = Number.NaN] = values;
  const { min = -Infinity, max = Infinity } = definition;
  if (values.length > 1) throw new UsageError(`${where} is not a number`);
  if (!(value >= min && value <= max)) throw new UsageError(`${where} is outside [${min}, ${max}]`);
  return value;
}
