// Checks everything, from a fresh clone: installs, builds, type-checks, lints, looks for unused code and stale
// generated files, and runs the tests with coverage. Stops at the first failure, with its exit code.
//   npm test
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installIfStale, run, runTool } from './_project.mjs';
import { buildIfStale } from './build.mjs';
import { hasCompiler, isCurrent } from './kernels.mjs';

/** Tests of all runs together. */
const total = { passed: 0, failed: 0 };

const steps = [
  ['install', installIfStale],
  ['build', buildIfStale],
  ['types', () => runTool('typescript', ['-b'])],
  ['lint', () => runTool('@biomejs/biome', ['check', '--error-on-warnings', '.'])],
  ['unused', () => runTool('knip', ['--no-progress'])],
  ['barrels', () => run(process.execPath, ['scripts/barrels.mjs', '--check'])],
  ['docs', () => run(process.execPath, ['scripts/docs.mjs', '--check'])],
  ['cases', () => run(process.execPath, ['scripts/cases.mjs', '--check'])],
  ['kernels', checkKernels],
  ['package', () => runTool('publint', ['--strict', '--pack', 'false'])],
  ['tests', () => runTests(['--coverage', '--exclude', 'test/gallery/**'])],
  // The gallery runs the whole pipeline a thousand times: counting lines there would triple its time.
  ['gallery', () => runTests(['test/gallery'])],
];

for (const [name, step] of steps) {
  const start = performance.now();
  const { status, output, skipped } = step();
  const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  if (status !== 0) process.stdout.write(output);
  console.log(`${name.padEnd(8)} ${status !== 0 ? `failed, ${time}` : skipped ? 'nothing to do' : `ok, ${time}`}`);
  if (status !== 0) process.exit(status);
}
console.log(`${total.passed} passed, ${total.failed} failed`);

/** Holds the committed SIMD module against its sources, byte for byte, where their compiler is installed. */
function checkKernels() {
  if (!hasCompiler()) return { status: 0, output: '', skipped: true };
  const current = isCurrent();
  return {
    status: current ? 0 : 1,
    output: current ? '' : 'module.ts is not what its sources give: npm run build:kernels\n',
  };
}

/** Runs vitest with its output shown; the tests are counted from vitest's own JSON report. */
function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'lossprobe-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status } = runTool('vitest', ['run', ...args, ...reporters], { show: true });
    const { passed, failed } = countTests(report);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) console.log(`${passed} passed, ${failed} failed`);
    return { status: status || (failed > 0 ? 1 : 0), output: '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Passed and failed tests; a file that could not be loaded, or no report at all, counts as one failure. */
function countTests(report) {
  let files;
  let passed;
  try {
    ({ testResults: files, numPassedTests: passed } = JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const failures = files.map(({ status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').length;
    return tests === 0 && status === 'failed' ? 1 : tests;
  });
  return { passed, failed: failures.reduce((sum, count) => sum + count, 0) };
}
