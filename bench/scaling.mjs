// From one megapixel of 19 classes upwards: node bench/scaling.mjs [most megapixels] [runs]
// Time and peak memory of the losses that stream, of those that keep something per pixel as well (Top-K, distances), and of
// torch for cross-entropy alone and for all seven, where Python has it. 64 megapixels are a file of 4.9 GB in the temporary folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePair } from './_inputs.mjs';
import { cell, cli, inTurn, pythonWith } from './_timed.mjs';
import { torch } from './_torch.mjs';

const [most = 16, runs = 1] = process.argv.slice(2).map(Number);
const streaming = ['ce', 'weighted-ce', 'focal', 'ss', 'dice'];
const python = pythonWith('torch, scipy');
const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));

function values(names, { prediction, target }) {
  const losses = names.flatMap((name) => ['--loss', name]);
  return [process.execPath, [cli, 'losses', prediction, target, '--no-gradients', ...losses]];
}

console.log(`19 classes, medians of ${runs}: wall s / CPU s / peak MB\n`);
console.log(
  `${'megapixels'.padEnd(12)}${'streaming'.padEnd(22)}${'+ topk, dpce'.padEnd(22)}${'torch ce'.padEnd(22)}torch all`,
);
try {
  for (let size = 1; size <= most; size *= 4) {
    const side = 1024 * Math.sqrt(size);
    const pair = writePair(folder, String(size), { shape: [19, side, side], classes: 19 });
    const script = [pair.prediction, pair.target];
    const figures = inTurn(runs, [
      values(streaming, pair),
      values([...streaming, 'topk', 'dpce'], pair),
      // Beyond, torch alone needs more memory than most machines have.
      ...(python === null || size > 16 ? [] : [[python, ['-c', torch, ...script, 'one']]]),
      ...(python === null || size > 4 ? [] : [[python, ['-c', torch, ...script]]]),
    ]);
    console.log(`${String(size).padEnd(12)}${figures.map((it) => cell(it).padEnd(22)).join('')}`);
    for (const file of script) rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
