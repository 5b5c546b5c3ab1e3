import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { baselineTexts } from '../../src/cli/baseline.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lossprobe-baseline-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function stored(content: unknown): Promise<string> {
  const path = join(folder, `${Math.random()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('a report stands for those of its losses that have a value', async () => {
  const losses = [
    { spec: 'ce', value: 0.337 },
    { spec: 'dice:smooth=1', value: 'NaN' },
    { spec: 'nll', value: null },
  ];
  const path = await stored({ cases: [{ losses }] });
  expect(await baselineTexts(['topk=2', path])).toEqual(['topk=2', 'ce=0.337', 'dice:smooth=1=NaN']);
});

test.each([
  ['text', 'no JSON report'],
  [{ cases: [] }, 'no JSON report'],
  [{ cases: [{}] }, 'no JSON report'],
  [{ cases: [{ losses: [] }, { losses: [] }] }, 'a report of 2 cases'],
])('%j is refused', async (content, sentence) => {
  await expect(baselineTexts([await stored(content)])).rejects.toThrow(sentence);
});

test('a file that is not there is refused', async () => {
  await expect(baselineTexts(['nowhere.json'])).rejects.toThrow('cannot be read');
});
