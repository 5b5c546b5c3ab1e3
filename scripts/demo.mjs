// Runs the demo from a fresh clone: installs and builds what is missing, then `lossprobe demo`.
//   npm run demo [-- name and options of the demo]
import { installIfStale, root, run } from './_project.mjs';
import { buildIfStale } from './build.mjs';

for (const [name, step] of [
  ['npm ci', installIfStale],
  ['build', buildIfStale],
]) {
  const start = performance.now();
  const { status, output, skipped } = step();
  if (status !== 0) {
    process.stderr.write(`${output}${name} failed\n`);
    process.exit(status);
  }
  if (!skipped) process.stderr.write(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
}

process.exitCode = run(process.execPath, [`${root}bin/lossprobe.js`, 'demo', ...process.argv.slice(2)], {
  show: true,
}).status;
