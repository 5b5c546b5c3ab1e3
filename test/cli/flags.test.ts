import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lossTexts, optionsOf } from '../../src/cli/flags.ts';
import { scratchFolder, writeNpy } from './_binary.ts';

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);

describe('a list of an option that stands in a file', () => {
  test('is read from JSON, text and .npy, row by row', async () => {
    writeFileSync(at('m.json'), '[[0, 1], [0.5, 0]]\n');
    writeFileSync(at('m.txt'), '0 1\n0.5 0\n');
    writeNpy(at('m.npy'), [2, 2], (k: number) => [0, 1, 0.5, 0][k] ?? 0);
    for (const name of ['m.json', 'm.txt', 'm.npy']) {
      expect(await lossTexts([`wasserstein-dice:distances=@${at(name)},smooth=1`])).toEqual([
        'wasserstein-dice:distances=0/1/0.5/0,smooth=1',
      ]);
    }
  });

  test('may stand in a term of a sum', async () => {
    writeFileSync(at('a-b.json'), '[0.2, 0.8]');
    expect(await lossTexts([`dice + 0.5*focal:alpha=@${at('a-b.json')} - ce`])).toEqual([
      'dice + 0.5*focal:alpha=0.2/0.8 - ce',
    ]);
  });

  test('is refused in one sentence where there is no such file, no number in it, or another word', async () => {
    writeFileSync(at('empty.json'), '[]');
    writeFileSync(at('words.json'), '["a", 1]');
    await expect(lossTexts(['focal:alpha=@nowhere.json'])).rejects.toThrow(/nowhere.json cannot be read; give a list/);
    await expect(lossTexts([`focal:alpha=@${at('empty.json')}`])).rejects.toThrow(/holds no number/);
    await expect(lossTexts([`focal:alpha=@${at('words.json')}`])).rejects.toThrow(/"a"" is not a number/);
  });
});

test('--weights reads the same files', async () => {
  writeFileSync(at('w.json'), '[\n  0.2,\n  1\n]\n');
  expect((await optionsOf({ weights: at('w.json') })).weights).toEqual([0.2, 1]);
  expect((await optionsOf({ weights: at('w.json') })).loss).toBeUndefined();
});
