import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { embed, embeddings, readArray } from '../../src/node.ts';
import { root } from '../_sources.ts';
import { scratchFolder, writeNpy } from '../cli/_binary.ts';

const inputs = join(root, 'fixtures', 'reference', 'inputs');
const features = join(inputs, 'emb4_ignore.emb.npy');
const mask = join(inputs, 'emb4_ignore.mask.npy');

async function run(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => (out += text), columns: 80 };
  const stderr = { write: (text: string) => (err += text) };
  const exit = await main({ argv: ['node', 'lossprobe', ...args], env: {}, stdout, stderr });
  return { exit, out, err };
}

describe('lossprobe embed', () => {
  test('prints losses and angles within 80 columns', async () => {
    const { exit, out } = await run('embed', features, mask, '--ignore-index', '255');
    expect(exit).toBe(0);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    for (const { id } of embeddings) expect(out).toContain(`\n  ${id} `);
    expect(out).toContain('class vectors are the means of these very features');
  });

  test('writes JSON, with NaN as a string', async () => {
    const folder = scratchFolder();
    const zeros = writeNpy(join(folder, 'zeros.npy'), [4, 6, 6], () => 0);
    const { exit, out } = await run('embed', zeros, mask, '--ignore-index', '255', '--loss', 'arcface', '--json');
    const { schema, embeddings: found } = JSON.parse(out);
    expect([exit, schema]).toEqual([1, 1]);
    expect(found.losses[0]).toMatchObject({ loss: 'arcface', value: 'NaN', terms: 0, skipped: 33 });
    expect(found.findings.map((it: { rule: string }) => it.rule)).toContain('zero-features');
    expect(Object.keys(found)).toEqual(['features', 'mask', 'classes', 'losses', 'angles', 'findings']);
  });

  test('--quiet prints a line per finding', async () => {
    const { out } = await run('embed', features, mask, '--loss', 'cosface', '--quiet');
    expect(out.trim().split('\n')).toHaveLength(2);
  });

  test('exits with 2 for a loss that there is not, with 3 for a file or a shape that is none', async () => {
    expect(await run('embed', features, mask, '--loss', 'arcfece')).toMatchObject({ exit: 2, out: '' });
    expect(await run('embed', 'nowhere.npy', mask)).toMatchObject({ exit: 3, out: '' });
    expect(await run('embed', mask, features)).toMatchObject({ exit: 3, out: '' });
  });
});

test('embed of the library gives the numbers of the command', async () => {
  const arrays = [await readArray(features), await readArray(mask)] as const;
  const report = embed(...arrays, { loss: 'cosface', ignoreIndex: 255 });
  const { out } = await run('embed', features, mask, '--loss', 'cosface', '--ignore-index', '255', '--json');
  expect(report.losses[0]).toEqual(JSON.parse(out).embeddings.losses[0]);
});

test.each(embeddings.map(({ id }) => ({ id })))('lossprobe explain $id says what it is', async ({ id }) => {
  const { exit, out } = await run('explain', id);
  expect(exit).toBe(0);
  expect(out).toContain(`${id}  (embedding loss)`);
});
