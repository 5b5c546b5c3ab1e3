import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lossprobe, scratchFolder } from './_binary.ts';

/** The modules of ours, and the packages, that a run of the program loads, as V8's own coverage lists them. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const folder = scratchFolder();
  await lossprobe(args, { env: { NODE_V8_COVERAGE: folder } });
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const urls = text.flatMap((json) => (JSON.parse(json) as { result: { url: string }[] }).result.map(({ url }) => url));
  return urls.filter((url) => url.startsWith('file:'));
}

describe('start-up', () => {
  test.each(['--help', '--version'])('%s loads no reader, no rule, no loss and not sharp', async (flag) => {
    const loaded = await loadedBy(flag);
    expect(loaded.some((url) => url.endsWith('/dist/cli/program.js'))).toBe(true);
    expect(
      loaded.filter((url) => /\/(readers|rules|losses|measures|kernels|reporters)\/|sharp|cli-table3/.test(url)),
    ).toEqual([]);
  });

  test('a run on .npy and PNG files does not load sharp', async () => {
    const loaded = await loadedBy('demo', 'lesion-png');
    expect(loaded.some((url) => url.includes('/dist/readers/png.js'))).toBe(true);
    expect(loaded.filter((url) => /node_modules\/sharp/.test(url))).toEqual([]);
  });
});
