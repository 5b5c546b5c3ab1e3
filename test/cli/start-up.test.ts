import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as modules from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../_sources.ts';
import { lossprobe, scratchFolder, writeNpy } from './_binary.ts';

/** Node's own way to keep compiled code, from 22.1 on. */
const { enableCompileCache } = modules as { enableCompileCache?: () => unknown };

/** What the bundler notes of each file that it writes: how much of which source is in it. */
interface Notes {
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Output {
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
}

const { outputs } = JSON.parse(readFileSync(`${root}dist/.bundle.json`, 'utf8')) as Notes;

/** The files that a run of the program loads, as V8's own coverage lists them: paths below the project. */
async function filesLoadedBy(...args: string[]): Promise<string[]> {
  const folder = scratchFolder();
  await lossprobe(args, { env: { NODE_V8_COVERAGE: folder } });
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const urls = text.flatMap((json) => (JSON.parse(json) as { result: { url: string }[] }).result.map(({ url }) => url));
  const files = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url).slice(root.length));
  return files.map((file) => file.split(sep).join('/'));
}

/** The sources, ours and those of packages, that files of the bundle are made of; another file stands for itself. */
function sourcesIn(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const inputs = Object.entries(outputs[file]?.inputs ?? { [file]: { bytesInOutput: 1 } });
    return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  });
}

describe('start-up', () => {
  let arraysOnly: string[];
  beforeAll(async () => {
    const folder = scratchFolder();
    const prediction = writeNpy(join(folder, 'prediction.npy'), [1, 8, 8], (i) => (i % 5) - 2);
    const target = writeNpy(join(folder, 'target.npy'), [8, 8], (i) => (i % 3 === 0 ? 1 : 0), 'u1');
    arraysOnly = await filesLoadedBy(prediction, target);
  });

  test.each(['--help', '--version'])('%s loads no reader, no rule, no loss and not sharp', async (flag) => {
    const loaded = sourcesIn(await filesLoadedBy(flag));
    expect(loaded).toContain('src/cli/program.ts');
    const needless = /\/(readers|rules|losses|measures|kernels|reporters|embeddings)\/|sharp|cli-table3/;
    expect(loaded.filter((path) => needless.test(path))).toEqual([]);
  });

  test('everything that a run loads is in the bundle', () => {
    expect(arraysOnly.filter((file) => outputs[file] === undefined)).toEqual(['bin/lossprobe.js', 'bin/_load.js']);
  });

  test.runIf(enableCompileCache === undefined)('V8 takes the compiled code that lies beside the bundle', () => {
    const program = `
      const { load, scripts } = require(process.argv[1]);
      process.argv = ['node', 'lossprobe', 'losses'];
      const silent = { write: () => true };
      load('main.js').main({ argv: process.argv, env: {}, stdout: silent, stderr: silent }).then(() => {
        console.log([...scripts].map(([path, script]) => (script.cachedDataRejected === false ? '' : path)).join(''));
        console.log(scripts.size > 5 ? 'all' : 'few');
      });`;
    const output = execFileSync(process.execPath, ['-e', program, `${root}bin/_load.js`], { encoding: 'utf8' });
    expect(output).toBe('\nall\n');
  });

  test('a run on .npy files asks Node for no part that would have to be loaded first', () => {
    const asked = arraysOnly.flatMap(
      (file) => outputs[file]?.imports.filter(({ external }) => external === true) ?? [],
    );
    expect(asked.map(({ path }) => path)).toContain('node:fs');
    expect(asked.filter(({ path }) => /child_process|tty|promises|readline|stream/.test(path))).toEqual([]);
  });

  test('a run on small .npy files loads no decoder of pictures, no embedding loss, no explanation and no other thread', () => {
    const loaded = sourcesIn(arraysOnly);
    for (const path of ['readers/npy', 'rules/log-of-zero', 'losses/ce', 'reporters/terminal']) {
      expect(loaded).toContain(`src/${path}.ts`);
    }
    const needless =
      /\/(_png-p|_png-c|_inflate|raster|embeddings\/|cli\/(embed|explain)|host\/(crew|lot|worker))|sharp/;
    expect(loaded.filter((path) => needless.test(path))).toEqual([]);
  });

  test('a run on .npy and PNG files does not load sharp', async () => {
    const loaded = sourcesIn(await filesLoadedBy('demo', 'lesion-png'));
    expect(loaded).toContain('src/readers/_png-picture.ts');
    expect(loaded.filter((path) => /sharp/.test(path))).toEqual([]);
  });
});
