import { promises } from 'node:fs';
import { UsageError } from '../core/errors.ts';

/** Losses of an earlier run as typed; a path stands for the losses in that JSON report. */
export async function baselineTexts(given: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(given.map((text) => (text.includes('=') ? [text] : lossesIn(text))));
  return texts.flat();
}

/** The losses of a report of one case that have a value. */
async function lossesIn(path: string): Promise<string[]> {
  const content = await promises.readFile(path, 'utf8').catch(() => {
    throw new UsageError(`--baseline ${path} cannot be read; give a loss and its value (ce=0.337), or a JSON report`);
  });
  const cases = casesOf(content);
  const [only, ...more] = cases ?? [];
  if (only === undefined || !Array.isArray(only.losses)) {
    throw new UsageError(
      `--baseline ${path} is no JSON report of lossprobe; write one with --reporter json=earlier.json`,
    );
  }
  if (more.length > 0)
    throw new UsageError(`--baseline ${path} is a report of ${more.length + 1} cases; give that of one`);
  return only.losses.filter(({ value }) => value !== null).map(({ spec, value }) => `${spec}=${value}`);
}

interface StoredCase {
  readonly losses?: readonly { readonly spec: string; readonly value: number | string | null }[];
}

function casesOf(content: string): readonly StoredCase[] | null {
  try {
    const { cases } = JSON.parse(content) as { cases?: unknown };
    return Array.isArray(cases) ? cases : null;
  } catch {
    return null;
  }
}
