import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lossprobe, scratchFolder } from './_binary.ts';

const street = fileURLToPath(new URL('../../fixtures/cases/street-reported/', import.meta.url));
const folder = scratchFolder();
const log = join(folder, 'run.csv');
writeFileSync(log, `step,"loss, train",loss\n${Array.from({ length: 30 }, (_, k) => `${k},1,1.27401`).join('\n')}\n`);

interface Found {
  readonly identify: {
    readonly curve: { readonly course: string; readonly column: string } | null;
    readonly reported: { readonly verdict: string; readonly matches: readonly { readonly formula: string }[] } | null;
  };
}

describe('lossprobe identify', () => {
  test('names the constant behind a bare number, within 80 columns', async () => {
    const { stdout, stderr, exit } = await lossprobe(['identify', '--reported', '1.27401']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '1.27401 is the value of a closed form: floor of cross-entropy on probabilities of 8 classes',
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('names the course of a training log and the constant that it rests at', async () => {
    const { stdout } = await lossprobe(['identify', '--log', log, '--classes', '8', '--json']);
    const { identify } = JSON.parse(stdout) as Found;
    expect(identify.curve).toMatchObject({ course: 'plateau', column: 'loss' });
    expect(identify.reported).toMatchObject({ verdict: 'explained', matches: [{ formula: 'double-softmax' }] });
  });

  test('tries every formula on arrays, in a ranked table or as the report', async () => {
    const args = ['identify', '../street/logits.npy', '../street/target.npy', '--loss', 'ce', '--ignore-index', '255'];
    // The cross-entropy of this case as a sum over its 13,606 valid pixels.
    const { stdout, exit } = await lossprobe([...args, '--reported', '8194.68'], { cwd: street });
    expect(exit).toBe(0);
    expect(stdout).toMatch(/formula +value .*\n +sum +8194\.\d+ /);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const json = await lossprobe([...args, '--reported', '0.602461', '--json'], { cwd: street });
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 1, cases: [{ reported: { verdict: 'declared' } }] });
  });
});
