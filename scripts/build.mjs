// Compiles src/ to dist/, and bundles the command line, when src/ has changed since the last build; removes outputs
// whose source is gone.
//   node scripts/build.mjs
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfStale, root, run, runTool } from './_project.mjs';

const source = join(root, 'src');
const dist = join(root, 'dist');
const stamp = join(dist, '.built-from');
const bundler = join(root, 'scripts/bundle.mjs');

/** Builds unless dist/ was made from exactly these sources. */
export function buildIfStale() {
  const files = filesOf(source);
  const hash = hashOf(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && !missesOutputs(files) && !missesBundle()) {
    return { status: 0, output: '', skipped: true };
  }
  mkdirSync(dist, { recursive: true });
  rmSync(stamp, { force: true });
  removeOrphans(files);
  let result = compile();
  // The compiler trusts its own notes and does not see that an output was deleted.
  if (result.status === 0 && missesOutputs(files)) result = compile('--force');
  if (result.status === 0) result = run(process.execPath, [bundler]);
  if (result.status === 0) writeFileSync(stamp, hash);
  return result;
}

function compile(...options) {
  return runTool('typescript', ['-b', 'src/tsconfig.node.json', ...options]);
}

/** Paths below a folder, with forward slashes, sorted. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** One hash over the names and contents of src/, over the lock file, which fixes the tools, and over the bundler. */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const path of [join(root, 'package-lock.json'), bundler]) hash.update(readFileSync(path));
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(source, file)));
  return hash.digest('hex');
}

function missesOutputs(files) {
  return files.some((file) => file.endsWith('.ts') && !existsSync(join(dist, file.replace(/\.ts$/, '.js'))));
}

/** The bundler notes what it wrote, and removes what is left of earlier bundles. */
function missesBundle() {
  const notes = join(dist, '.bundle.json');
  if (!existsSync(notes)) return true;
  return Object.keys(JSON.parse(readFileSync(notes, 'utf8')).outputs).some((path) => !existsSync(join(root, path)));
}

function removeOrphans(files) {
  const sources = new Set(files);
  for (const output of filesOf(dist)) {
    if (!/\.(js|d\.ts)$/.test(output) || output.startsWith('bundle/')) continue;
    if (!sources.has(output.replace(/\.(js|d\.ts)$/, '.ts'))) rmSync(join(dist, output));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const step of [installIfStale, buildIfStale]) {
    const { status, output } = step();
    process.stderr.write(output);
    if (status !== 0) process.exit(status);
  }
}
