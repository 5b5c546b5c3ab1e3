import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lossprobe } from './_binary.ts';

interface DemoCase {
  readonly prediction: string;
  readonly target: string;
  readonly args: readonly string[];
  readonly cause: readonly string[];
  readonly twin?: string;
}

interface Found {
  readonly rule: string;
  readonly status: string;
  readonly severity: string;
}

const folder = fileURLToPath(new URL('../../fixtures/cases/', import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

function readCase(name: string): DemoCase {
  return JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as DemoCase;
}

/** Runs a case from within its folder, so that the paths printed are the same everywhere. */
function run(name: string, ...more: string[]): ReturnType<typeof lossprobe> {
  const { prediction, target, args } = readCase(name);
  return lossprobe([prediction, target, ...args, ...more], { cwd: join(folder, name) });
}

describe('every shipped case', () => {
  test('is one of at least twenty, and every defect has a healthy twin', () => {
    const defects = names.filter((name) => readCase(name).cause.length > 0);
    expect(names.length).toBeGreaterThanOrEqual(20);
    for (const name of defects) expect(names).toContain(readCase(name).twin);
  });

  test.concurrent.for(names)('%s is named first, or healthy and without a false alarm', async (name) => {
    const { cause } = readCase(name);
    const { stdout, exit } = await run(name, '--json');
    const verdicts = (JSON.parse(stdout) as { cases: { verdicts: Found[] }[] }).cases[0]?.verdicts ?? [];
    const found = verdicts.filter((it) => it.status === 'found');
    if (cause.length > 0) expect(cause).toContain(found[0]?.rule);
    else expect(found.filter((it) => it.severity !== 'note')).toEqual([]);
    expect(exit).toBe(found.some((it) => it.severity === 'error') ? 1 : 0);
  });

  test.concurrent.for(names)(
    '%s prints what is written down beside it, within 80 columns',
    async (name, { expect }) => {
      const { stdout, stderr } = await run(name);
      expect(stderr).toBe('');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      await expect(stdout).toMatchFileSnapshot(join(folder, name, 'expected.txt'));
    },
  );

  test.concurrent.for(['street-reported', 'double-softmax', 'nan-in-a-corner', 'quarter-resolution', 'mask-0-255'])(
    '%s gives the JSON report that is written down beside it',
    async (name, { expect }) => {
      const { stdout } = await run(name, '--json');
      await expect(rounded(stdout)).toMatchFileSnapshot(join(folder, name, 'expected.json'));
    },
  );
});

/** The report with six significant digits: the last ones differ between versions of the JavaScript engine. */
function rounded(json: string): string {
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
  return `${JSON.stringify(JSON.parse(json), short, 1)}\n`;
}
