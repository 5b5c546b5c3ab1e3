import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { scratchFolder, writeNpy } from './_binary.ts';

const folder = scratchFolder();
const prediction = writeNpy(join(folder, 'pred.npy'), [2, 8, 8], (i) => Math.sin(i));
const mask = writeNpy(join(folder, 'mask.npy'), [8, 8], (i) => i % 2, 'u1');

async function progressOn(stderr: { isTTY?: boolean; columns?: number }, ...args: string[]): Promise<string> {
  let err = '';
  await main({
    argv: ['node', 'lossprobe', 'losses', prediction, mask, ...args],
    env: {},
    stdout: { write: () => {}, columns: 80 },
    stderr: { write: (text: string) => (err += text), ...stderr },
  });
  return err;
}

test('lossprobe losses names every loss that it takes while it takes it, on a terminal only', async () => {
  const shown = await progressOn({ isTTY: true, columns: 60 });
  for (const loss of ['ce', 'cldice', 'hausdorff-dt']) expect(shown).toMatch(new RegExp(`taking ${loss}: \\d+ %`));
  expect(shown.endsWith(`\r${' '.repeat(59)}\r`)).toBe(true);
  expect(shown).not.toContain('\n');
  expect(await progressOn({})).toBe('');
  expect(await progressOn({ isTTY: true }, '--quiet')).toBe('');
});
