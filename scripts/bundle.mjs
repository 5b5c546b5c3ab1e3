// Bundles the command line into a few files, which load in a third of the time of its many modules:
// src/cli/main.ts and src/host/worker.ts -> dist/bundle/. They are CommonJS, because only of that can Node 20 keep the compiled code, which
// code-cache.mjs puts beside them. Run by build.mjs, in a process of its own because it needs the installed esbuild.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { root, run } from './_project.mjs';

const folder = join(root, 'dist/bundle');

const { metafile, outputFiles } = await build({
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
  write: false,
  plugins: [{ name: 'left-out', setup: leaveOut }],
});

const packages = packagesIn(metafile);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { path, text } of outputFiles) writeFileSync(path, await commonJs(text));
writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(folder, 'LICENSES.txt'), packages.map(license).join('\n'));
writeFileSync(join(root, 'dist/.bundle.json'), JSON.stringify(metafile));

const { status, output } = run(process.execPath, ['scripts/code-cache.mjs']);
process.stderr.write(output);
process.exitCode = status;

/**
 * Only ES modules are split into files; each is made CommonJS afterwards, with `require` for every import. Nothing that a file
 * exports changes later, so that values can take the place of getters.
 */
async function commonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__fileUrl' },
    minifyWhitespace: true,
    minifySyntax: true,
  });
  const url = "const __fileUrl=require('node:url').pathToFileURL(__filename).href;";
  return `${code.includes('__fileUrl') ? url : ''}${code}module.exports={...module.exports};\n`;
}

/** Parts of Node, and of packages, that packages load and this program hardly needs: 15 ms of every run. */
function leaveOut({ onResolve, onLoad }) {
  const instead = {
    // The global object is the same, but to import it opens standard input as well.
    'node:process': 'module.exports = process',
    // commander starts programs only for commands that are files of their own.
    'node:child_process': '',
    // chalk asks the terminal for its colours only where it is not told which to use.
    '#supports-color': 'export default { stdout: false, stderr: false }',
    // The package compiles an expression for all emoji before it looks at a letter: plain text is as wide as it is long.
    'string-width': `
      const widthOf = require('string-width');
      module.exports = (text) => /^[ -~]*$/.test(text) ? text.length : widthOf(text);`,
  };
  onResolve({ filter: /^(node:process|node:child_process|#supports-color|string-width)$/ }, ({ path, namespace }) =>
    namespace === 'left-out' ? undefined : { path, namespace: 'left-out' },
  );
  onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({ contents: instead[path], resolveDir: root }));
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
