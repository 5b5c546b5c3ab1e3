// Keeps what V8 compiles when the bundled command line runs, beside each file of the bundle: bin/_load.js hands it back.
// It only suits the version of Node that made it; others compile as usual. Run by bundle.mjs, in a process of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './_project.mjs';

const { load, scripts } = createRequire(import.meta.url)('../bin/_load.js');
const cases = join(root, 'fixtures/cases');

for (const args of [['--help'], ['losses'], caseArgs('double-softmax'), caseArgs('lesion-png')]) await run(args);
for (const [file, script] of scripts) writeFileSync(`${file}.cache`, script.createCachedData());

/** The command line on a shipped case. */
function caseArgs(name) {
  const { prediction, target, args } = JSON.parse(readFileSync(join(cases, name, 'case.json'), 'utf8'));
  return [join(cases, name, prediction), join(cases, name, target), ...args];
}

async function run(args) {
  const silent = { write: () => true };
  const { argv, env } = process;
  await load('main.js').main({ argv: [...argv.slice(0, 2), ...args], env, stdout: silent, stderr: silent });
}
