import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../_sources.ts';
import { lossprobe } from './_binary.ts';

const cwd = join(root, 'fixtures', 'cases', 'street');
const golden = (name: string): string => join(root, 'fixtures', 'commands', name);
const rest = ['--target', 'target.npy', '--loss', 'ce', '--ignore-index', '255'];
const early = '../street-early/logits.npy';

describe('lossprobe trend, as a process', () => {
  const runs = [
    ['learning', [early, 'logits.npy', ...rest], 0],
    ['frozen', [early, early, early, ...rest], 0],
    ['modes', ['--modes', early, 'logits.npy', ...rest, '--fail-on', 'warning'], 1],
    ['mixed', ['logits.npy', '../double-softmax/probabilities.npy', ...rest], 0],
    ['broken', ['../cells/logits.npy', '../nan-in-a-corner/logits.npy', '--target', '../cells/target.npy'], 1],
  ] as const;

  test.concurrent.for(runs)(
    '%s prints what is written down, within 80 columns',
    async ([name, args, code], { expect }) => {
      const { exit, stdout, stderr } = await lossprobe(['trend', ...args], { cwd });
      expect([exit, stderr]).toEqual([code, '']);
      for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
      await expect(stdout).toMatchFileSnapshot(golden(`trend-${name}.txt`));
    },
  );

  test('writes JSON whose fields are those of the documentation, every question once', async () => {
    const { exit, stdout } = await lossprobe(['trend', early, 'logits.npy', ...rest, '--json'], { cwd });
    const { schema, trend } = JSON.parse(stdout);
    expect([exit, schema]).toEqual([0, 1]);
    expect(trend.losses[0].values).toHaveLength(2);
    const page = readFileSync(join(root, 'docs', 'trend.md'), 'utf8');
    for (const part of [trend, trend.checkpoints[1], trend.losses[0], trend.classes[0]]) {
      for (const field of Object.keys(part)) expect(page).toMatch(new RegExp(`\`${field}(\\[\\])?\``));
    }
    for (const { rule } of trend.verdicts) expect(page).toContain(`\`${rule}\``);
  });

  test('--quiet prints a line per finding, or where the loss stands', async () => {
    const { stdout } = await lossprobe(['trend', early, 'logits.npy', ...rest, '--quiet'], { cwd });
    expect(stdout).toBe('ok ce 1.4983 -> 0.60246 over 2 checkpoints\n');
  });

  test('says in one sentence what is wrong with the call', async () => {
    const wrong: [string[], number, RegExp][] = [
      [['logits.npy', early], 2, /the mask is named with --target/],
      [['logits.npy', ...rest], 2, /a trend needs two checkpoints/],
      [[...rest], 2, /a trend needs two checkpoints/],
      [['--modes', 'logits.npy', ...rest], 2, /--modes takes two files, training mode first; 1 were given/],
      [['logits.npy', 'nowhere.npy', ...rest], 3, /nowhere\.npy/],
      [['logits.npy', '../quarter-resolution/logits.npy', ...rest], 3, /of different resolution/],
    ];
    for (const [args, code, text] of wrong) {
      const { exit, stdout, stderr } = await lossprobe(['trend', ...args], { cwd });
      expect([exit, stdout, stderr.trim().split('\n').length]).toEqual([code, '', 1]);
      expect(stderr).toMatch(text);
    }
  });
});
