import { type Embedding, type OptionValue, parseTyped, typedOptions } from '../core/index.ts';
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
  const typed = parseTyped(text, embeddings, 'embedding loss');
  return { loss: typed.member, options: typedOptions(typed, text.trim()), text: text.trim() };
}
