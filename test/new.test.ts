import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { root } from './_sources.ts';

interface Texts {
  readonly member: string;
  readonly test: string;
}

mkdirSync(`${root}dist`, { recursive: true });
const folder = mkdtempSync(`${root}dist/.scaffold-`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what npm run new writes for every kind of member compiles', async () => {
  const { templates } = await import(pathToFileURL(`${root}scripts/new/templates.mjs`).href);
  mkdirSync(`${folder}/src`);
  symlinkSync(`${root}src/core`, `${folder}/src/core`, 'junction');
  for (const [kind, template] of Object.entries<(id: string, name: string) => Texts>(templates)) {
    const collection = kind === 'loss' ? 'losses' : `${kind}s`;
    const texts = template('some-id', 'someId');
    for (const side of ['src', 'test']) mkdirSync(`${folder}/${side}/${collection}`, { recursive: true });
    writeFileSync(`${folder}/src/${collection}/some-id.ts`, texts.member);
    writeFileSync(`${folder}/test/${collection}/some-id.test.ts`, texts.test);
  }
  const config = { extends: '../../test/tsconfig.json', include: ['src', 'test'], exclude: [], references: [] };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
