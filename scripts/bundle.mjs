// Bundles the command line into a few files, which load in a third of the time of its many modules:
// src/cli/main.ts and src/host/worker.ts -> dist/bundle/. Run by build.mjs, in a process of its own because it needs the installed esbuild.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './_project.mjs';

const folder = join(root, 'dist/bundle');

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts', worker: 'src/host/worker.ts' },
  // As deep as src/cli/, which finds the shipped cases by a path relative to itself.
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['sharp'],
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  plugins: [{ name: 'global-process', setup: useGlobalProcess }],
  // For the CommonJS packages, which require modules of Node.
  banner: { js: 'const require = process.getBuiltinModule;' },
});

const packages = packagesIn(metafile);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'LICENSES.txt'), packages.map(license).join('\n'));
writeFileSync(join(root, 'dist/.bundle.json'), JSON.stringify(metafile));

const written = new Set([...Object.keys(metafile.outputs).map((path) => basename(path)), 'LICENSES.txt']);
for (const name of readdirSync(folder)) {
  if (!written.has(name)) rmSync(join(folder, name));
}

/** The global object is what node:process exports, but to import that opens standard input as well, for 3 ms. */
function useGlobalProcess({ onResolve, onLoad }) {
  onResolve({ filter: /^node:process$/ }, () => ({ path: 'process', namespace: 'global' }));
  onLoad({ filter: /^process$/, namespace: 'global' }, () => ({ contents: 'module.exports = process' }));
}

/** Folders below node_modules/ of the packages that are part of the bundle. */
function packagesIn({ inputs }) {
  const found = Object.keys(inputs).map((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(found)].filter((path) => path !== undefined).sort();
}

/** The licences of what is copied into the bundle ask to be copied with it. */
function license(path) {
  const { name, version } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, path)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${path} has no licence file to ship with the bundle`);
  return `${name} ${version}\n\n${readFileSync(join(root, path, file), 'utf8').trim()}\n`;
}
