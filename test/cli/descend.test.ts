import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { root } from '../_sources.ts';
import { lossprobe, scratchFolder, writeNpy } from './_binary.ts';

const cases = join(root, 'fixtures', 'cases');
const golden = (name: string): string => join(root, 'fixtures', 'commands', name);

describe('lossprobe descend, as a process', () => {
  const runs = [
    ['double-softmax', ['probabilities.npy', '../street/target.npy', '--loss', 'ce', '--ignore-index', '255'], 1],
    ['lesion', ['logits.npy', 'target.npy', '--loss', 'bce-logits'], 0],
    ['thresholded', ['prediction.npy', '../lesion/target.npy', '--loss', 'dice', '--loss', 'focal'], 1],
  ] as const;

  test.concurrent.for(runs)(
    '%s prints what is written down, within 80 columns',
    async ([name, args, code], { expect }) => {
      const { exit, stdout, stderr } = await lossprobe(['descend', ...args], { cwd: join(cases, name) });
      expect([exit, stderr]).toEqual([code, '']);
      for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
      await expect(stdout).toMatchFileSnapshot(golden(`descend-${name}.txt`));
    },
  );

  test('writes JSON whose fields are those of the documentation', async () => {
    const args = ['logits.npy', 'target.npy', '--loss', 'dice', '--loss', 'bce-logits', '--steps', '3', '--json'];
    const { exit, stdout } = await lossprobe(['descend', ...args], { cwd: join(cases, 'lesion') });
    const { schema, tool, descent } = JSON.parse(stdout);
    expect([exit, schema, tool.name]).toEqual([0, 1, 'lossprobe']);
    expect(descent.losses.map((it: { trace: number[] }) => it.trace.length)).toEqual([4, 4]);
    const page = readFileSync(join(root, 'docs', 'descend.md'), 'utf8');
    for (const part of [descent, descent.sample, descent.losses[0], descent.losses[0].classes[0], descent.weakest]) {
      for (const field of Object.keys(part)) expect(page).toMatch(new RegExp(`\`${field}(\\[\\])?\``));
    }
  });

  test('says in one sentence what is wrong with the call', async () => {
    const cwd = join(cases, 'lesion');
    const run = (...args: string[]) => lossprobe(['descend', ...args], { cwd });
    const wrong: [string[], number, RegExp][] = [
      [['logits.npy'], 2, /was given without a target/],
      [['logits.npy', 'target.npy', '--steps', '0'], 2, /--steps 0 is not a whole number from 1 to 1000/],
      [['logits.npy', 'target.npy', '--steps', 'many'], 2, /--steps many: "many" is not a number/],
      [['logits.npy', 'target.npy', '--loss', 'dise'], 2, /there is no loss "dise"/],
      [['nowhere.npy', 'target.npy'], 3, /nowhere\.npy/],
      [['logits.npy', '../street/target.npy'], 3, /lossprobe/],
    ];
    for (const [args, code, text] of wrong) {
      const { exit, stdout, stderr } = await run(...args);
      expect([exit, stdout, stderr.trim().split('\n').length]).toEqual([code, '', 1]);
      expect(stderr).toMatch(text);
    }
  });
});

describe('lossprobe descend', () => {
  const folder = scratchFolder();
  const prediction = writeNpy(join(folder, 'pred.npy'), [2, 8, 8], (i) => Math.sin(i));
  const mask = writeNpy(join(folder, 'mask.npy'), [8, 8], (i) => i % 2, 'u1');

  async function run(stderr: { isTTY?: boolean; columns?: number }, env: Record<string, string>, ...args: string[]) {
    let [out, err] = ['', ''];
    const exit = await main({
      argv: ['node', 'lossprobe', 'descend', prediction, mask, ...args],
      env,
      stdout: { write: (text: string) => (out += text), columns: 80 },
      stderr: { write: (text: string) => (err += text), ...stderr },
    });
    return { exit, out, err };
  }

  test('shows how far it is on a terminal, on one line that it wipes, and nowhere else', async () => {
    const { err } = await run({ isTTY: true, columns: 60 }, {}, '--steps', '5');
    expect(err).toMatch(/^\rdescending ce: \d+ % of the work/);
    expect(err.endsWith(`\r${' '.repeat(59)}\r`)).toBe(true);
    expect(err).not.toContain('\n');
    expect((await run({}, {}, '--steps', '5')).err).toBe('');
    expect((await run({ isTTY: true }, { CI: 'true' }, '--steps', '5')).err).toBe('');
    expect((await run({ isTTY: true }, {}, '--steps', '5', '--quiet')).err).toBe('');
  });

  test('--quiet prints a line per finding, or that all is well', async () => {
    const { out } = await run({}, {}, '--loss', 'ce', '--quiet');
    expect(out).toBe('ok ce falls freely to 0\n');
  });

  test('--fail-on decides which findings make it exit with 1', async () => {
    const still = ['--loss', 'ce', '--loss', 'dice', '--weights', '1,0', '--steps', '20'];
    expect((await run({}, {}, ...still)).exit).toBe(0);
    expect((await run({}, {}, ...still, '--fail-on', 'warning')).exit).toBe(1);
    expect((await run({}, {}, ...still, '--fail-on', 'never')).exit).toBe(0);
  });
});
