// The map from the reference figures' names of losses and options to ours. A row that has no entry is "not covered".
import { boundary } from './translate/boundary.mjs';
import { compound } from './translate/compound.mjs';
import { distribution } from './translate/distribution.mjs';
import { embedding } from './translate/embedding.mjs';
import { region } from './translate/region.mjs';

const tables = [distribution, region, boundary, compound, embedding];

/** What to evaluate for a row of the figures: { spec, weights?, ignore, activation }; null when it is not covered. */
export function translate(row, input) {
  const entry = tables.map((table) => table[row.loss]).find((it) => it !== undefined);
  const plan = entry?.(row, input) ?? null;
  if (plan === null) return null;
  const ignored = row.options.ignore_index;
  const ignore = ignored === undefined ? [] : [ignored === 'zero_rows' ? input.ignore_index : ignored];
  return { ignore, activation: row.from === 'probs' ? 'softmax' : 'logits', ...plan };
}
