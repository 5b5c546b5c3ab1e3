// Makes the inputs that ship with the package: fixtures/cases/<name>/case.json and the arrays the cases share.
//   node scripts/cases.mjs           write them
//   node scripts/cases.mjs --check   exit 1 when a file on disk is not what this script makes
//
// A case.json holds: title, story (as the user tells it), prediction and target (relative to its folder), args,
// cause (the rules that may stand first; none for a healthy case), twin (the same situation, healthy), learn.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cellCases } from './cases/cells.mjs';
import { lesionCases } from './cases/lesion.mjs';
import { outlineCases } from './cases/outlines.mjs';
import { scanCases } from './cases/scans.mjs';
import { streetCases } from './cases/street.mjs';

const root = fileURLToPath(new URL('../fixtures/cases/', import.meta.url));
const wanted = layOut(
  [...streetCases(), ...lesionCases(), ...outlineCases(), ...cellCases(), ...scanCases()].filter(isNamed),
);
const present = new Set(filesUnder(root));

const stale = [...wanted.keys()].filter((path) => !present.has(path) || !sameAsOnDisk(path));
const superfluous = [...present].filter((path) => !wanted.has(path) && isOurs(path));
const bytes = [...wanted.values()].reduce((sum, content) => sum + content.length, 0);

if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`fixtures/cases/${path} differs from what scripts/cases.mjs makes`);
  for (const path of superfluous) console.error(`fixtures/cases/${path} is not made by scripts/cases.mjs`);
  if (stale.length + superfluous.length > 0) {
    console.error('run: npm run cases');
    process.exitCode = 1;
  }
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), wanted.get(path));
  }
  for (const path of superfluous) rmSync(join(root, path));
  console.log(`fixtures/cases: ${wanted.size} files, ${(bytes / 1e6).toFixed(2)} MB, ${stale.length} written`);
}

/** Path -> bytes, after checking that every reference leads somewhere. */
function layOut(cases) {
  const files = new Map();
  const names = new Map(cases.map((one) => [one.name, one]));
  if (names.size < cases.length) throw new Error('two cases have the same name');
  for (const one of cases)
    for (const [file, content] of Object.entries(one.files ?? {})) files.set(`${one.name}/${file}`, content);
  for (const one of cases) {
    for (const path of [one.prediction, one.target])
      if (!files.has(path)) throw new Error(`${one.name}: no such file: ${path}`);
    if (one.twin && names.get(one.twin)?.cause.length !== 0) throw new Error(`${one.name}: no healthy ${one.twin}`);
    if (one.cause.length > 0 && !one.twin) throw new Error(`${one.name}: a defect needs its healthy twin`);
    const { title, story, args, cause, twin, learn } = one;
    const [prediction, target] = [one.prediction, one.target].map((path) => posix.relative(one.name, path));
    const text = JSON.stringify({ title, story, prediction, target, args, cause, twin, learn }, null, 2);
    files.set(`${one.name}/case.json`, Buffer.from(`${text}\n`));
  }
  return files;
}

/** A defect is shipped once there is a rule that names it. */
function isNamed({ cause }) {
  const rule = (id) => existsSync(fileURLToPath(new URL(`../src/rules/${id}.ts`, import.meta.url)));
  return cause.length === 0 || cause.some(rule);
}

/** Expected outputs may lie beside a case; they belong to the tests. Arrays, images and case.json are ours. */
function isOurs(path) {
  return /\.(npy|png)$|(^|\/)case\.json$/.test(path);
}

function filesUnder(folder, prefix = '') {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name), `${prefix}${entry.name}/`) : `${prefix}${entry.name}`,
  );
}

function sameAsOnDisk(path) {
  return readFileSync(join(root, path)).equals(wanted.get(path));
}
