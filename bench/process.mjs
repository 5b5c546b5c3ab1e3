// Whole processes, side by side: lossprobe's values, its diagnosis, and what torch and scipy do for the same seven losses.
//   node bench/process.mjs [runs]      inputs are made in the temporary folder; torch is left out where Python has none
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputs, writePair } from './_inputs.mjs';
import { cell, cli, cpuTime, inTurn, pythonWith } from './_timed.mjs';
import { torch } from './_torch.mjs';

const runs = Number(process.argv[2] ?? 5);
const names = ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'];
const buffer = new Uint8Array(1 << 20);

/** Reads a file once, into the same buffer over and over. */
function plainRead(path) {
  const file = openSync(path, 'r');
  while (readSync(file, buffer) > 0);
  closeSync(file);
}

const python = pythonWith('torch, scipy');
const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));
try {
  const start = inTurn(runs, [
    [process.execPath, ['-e', '0']],
    [process.execPath, [cli, '--version']],
    [process.execPath, [cli, '--help']],
  ]);
  console.log(`medians of ${runs} runs in turn: wall s / CPU s / peak MB\n`);
  console.log(`node -e 0     ${cell(start[0])}\n--version     ${cell(start[1])}\n--help        ${cell(start[2])}\n`);
  if (python === null) console.log('torch and scipy are not installed: their column is left out\n');
  console.log(`${'input'.padEnd(20)}${'values'.padEnd(22)}${'diagnosis'.padEnd(22)}torch + scipy`);
  for (const [k, input] of inputs.entries()) {
    const { prediction, target } = writePair(folder, String(k), input);
    const losses = names.flatMap((name) => ['--loss', input.classes === 1 && name === 'ce' ? 'bce-logits' : name]);
    const figures = inTurn(runs, [
      [process.execPath, [cli, 'losses', prediction, target, '--no-gradients', ...losses]],
      [process.execPath, [cli, prediction, target]],
      ...(python === null ? [] : [[python, ['-c', torch, prediction, target]]]),
    ]);
    console.log(`${`[${input.shape}]`.padEnd(20)}${figures.map((it) => cell(it).padEnd(22)).join('')}`);
    const [values, , theirs] = figures;
    const read = cpuTime(3, () => plainRead(prediction)) / 1000;
    const megabytes = statSync(prediction).size / 1e6;
    const own = values.cpu - start[0].cpu;
    const parts = [
      `${(megabytes / own).toFixed(0)} MB/s beyond the start of Node; a plain read ${(megabytes / read).toFixed(0)} MB/s`,
      ...(theirs ? [`torch takes ${(theirs.cpu / values.cpu).toFixed(1)}x the CPU of the values`] : []),
    ];
    console.log(`${''.padEnd(20)}${parts.join('; ')}`);
    for (const file of [prediction, target]) rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
