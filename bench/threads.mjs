// The same runs with one thread and with several, in turn: wall s, CPU s, peak MB, and whether the reports are the same byte for byte.
//   node bench/threads.mjs [runs] [threads] prediction.npy mask.npy [prediction.npy mask.npy ...]
// Wall times mean something on an otherwise idle machine only.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2);
const numbers = given.filter((text) => /^\d+$/.test(text)).map(Number);
const files = given.filter((text) => !/^\d+$/.test(text));
const [runs = 5, most = 2] = numbers;
const cli = fileURLToPath(new URL('../bin/lossprobe.js', import.meta.url));
const losses = ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'].flatMap((id) => ['--loss', id]);
if (files.length === 0 || files.length % 2 === 1) {
  console.error('usage: node bench/threads.mjs [runs] [threads] prediction.npy mask.npy [prediction.npy mask.npy ...]');
  process.exit(2);
}
if (!existsSync('/usr/bin/time')) {
  console.error('this needs /usr/bin/time (GNU time)');
  process.exit(2);
}

/** Figures of one run; `report` is a digest of what it printed. */
function timed(args) {
  const start = performance.now();
  const { stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', process.execPath, cli, ...args], {
    maxBuffer: 1 << 28,
  });
  const wall = (performance.now() - start) / 1000;
  const [user, system, memory] = stderr.toString().trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system, memory: memory / 1024, report: createHash('sha256').update(stdout).digest('hex') };
}

function median(list, key) {
  return list.map((it) => it[key]).sort((a, b) => a - b)[list.length >> 1];
}

console.log(`medians of ${runs} runs in turn: wall s / CPU s / peak MB, 1 thread and at most ${most}`);
for (let k = 0; k < files.length; k += 2) {
  const [prediction, mask] = [files[k], files[k + 1]];
  for (const [name, args] of [
    ['values', ['losses', prediction, mask, ...losses, '--no-gradients', '--json']],
    ['diagnosis', [prediction, mask, '--json']],
  ]) {
    const figures = new Map([1, most].map((threads) => [threads, []]));
    for (let run = 0; run < runs; run++) {
      for (const [threads, list] of figures) list.push(timed([...args, '--threads', `${threads}`]));
    }
    const cells = [...figures.values()].map(
      (list) =>
        `${median(list, 'wall').toFixed(2)} / ${median(list, 'cpu').toFixed(2)} / ${median(list, 'memory').toFixed(0)}`,
    );
    const same = new Set([...figures.values()].flat().map(({ report }) => report)).size === 1;
    console.log(
      `${basename(prediction).padEnd(20)}${name.padEnd(12)}${cells.map((cell) => cell.padEnd(24)).join('')}${same ? 'same report' : 'DIFFERENT REPORTS'}`,
    );
  }
}
