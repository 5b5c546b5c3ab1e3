import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { losses } from '../../src/losses/index.ts';
import { root } from '../_sources.ts';
import { inputsOf, outcome } from './_degenerate.ts';

const folder = join(root, 'fixtures', 'reference');

/** What a library does on an input; `as` is our loss that does the same, absent where it raises or cannot be reproduced. */
interface LibraryRow {
  readonly loss: string;
  readonly input: string;
  readonly library: string;
  readonly does: string;
  readonly as?: string;
  readonly value?: string;
  readonly gradient?: string;
}

const libraries: readonly LibraryRow[] = JSON.parse(readFileSync(join(folder, 'degenerate-libraries.json'), 'utf8'));

/** The default options, on what the file holds. */
function defaults(id: string, from: string): string {
  return from === 'auto' || from === 'logits' ? id : `${id}:from=auto`;
}

test('every loss on every degenerate input: docs/losses shows this table', async () => {
  const table = Object.fromEntries(
    losses.map((loss) => [
      loss.id,
      Object.fromEntries(inputsOf(loss).map((name) => [name, outcome(name, defaults(loss.id, loss.from))])),
    ]),
  );
  await expect(`${JSON.stringify(table, null, 1)}\n`).toMatchFileSnapshot(join(folder, 'degenerate.json'));
});

describe('what libraries do there', () => {
  test.each(libraries)('$library, $loss, $input', ({ loss, input, as, value, gradient }) => {
    const own = losses.find(({ id }) => id === loss);
    expect(own && inputsOf(own)).toContain(input);
    if (as === undefined) return;
    const found = outcome(input, as);
    if (value !== undefined) expect(found.value).toBe(value);
    if (gradient !== undefined) expect(found.gradient).toBe(gradient);
  });
});
