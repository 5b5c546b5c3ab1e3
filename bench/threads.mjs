// The same runs with one thread and with several, in turn: wall s, CPU s, peak MB, and whether the reports are the same byte for byte.
//   node bench/threads.mjs [runs] [threads]      inputs are made in the temporary folder
// Wall times mean something on an otherwise idle machine only.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputs, writePair } from './_inputs.mjs';
import { cell, cli, inTurn } from './_timed.mjs';

const [runs = 3, most = 2] = process.argv.slice(2).map(Number);
const losses = ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'].flatMap((id) => ['--loss', id]);
const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));
console.log(`medians of ${runs} runs in turn: wall s / CPU s / peak MB, 1 thread and at most ${most}`);
try {
  for (const [k, input] of inputs.slice(2).entries()) {
    const { prediction, target } = writePair(folder, String(k), input);
    for (const [name, args] of [
      ['values', ['losses', prediction, target, ...losses, '--no-gradients', '--json']],
      ['diagnosis', [prediction, target, '--json']],
    ]) {
      const ways = [1, most].map((threads) => [process.execPath, [cli, ...args, '--threads', `${threads}`]]);
      const figures = inTurn(runs, ways);
      const reports = new Set(figures.flatMap((it) => [...(it?.outputs ?? [])]));
      const cells = figures.map((it) => cell(it).padEnd(24)).join('');
      console.log(
        `${`[${input.shape}]`.padEnd(20)}${name.padEnd(12)}${cells}${reports.size === 1 ? 'same report' : 'DIFFERENT REPORTS'}`,
      );
    }
    for (const file of [prediction, target]) rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
