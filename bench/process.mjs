// Whole processes, side by side: lossprobe's values, its diagnosis, and what torch and scipy do for the same seven losses.
//   node bench/process.mjs [runs]      inputs are made in the temporary folder; torch is left out where Python has none
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 3);
const cli = fileURLToPath(new URL('../bin/lossprobe.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));
const names = ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'];
const inputs = [
  { shape: [1, 512, 512], classes: 1 },
  { shape: [21, 512, 512], classes: 21 },
  { shape: [19, 1024, 2048], classes: 19 },
  { shape: [4, 155, 240, 240], classes: 4 },
  { shape: [16, 21, 512, 512], classes: 21 },
];

/** The head of a .npy file. */
function header(descr, shape) {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([padded.length & 255, padded.length >> 8]),
    Buffer.from(padded),
  ]);
}

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
  return (seed >>> 8) / 16_777_216;
};

/** Blocks of labels under noisy logits that are 3 higher at the true class. */
function make({ shape, classes }, k) {
  const batch = shape.length === 4 && shape[0] === 16 ? 16 : 1;
  const space = shape.slice(batch > 1 ? 2 : 1);
  const pixels = space.reduce((a, b) => a * b, 1);
  const width = space.at(-1);
  const [prediction, mask] = [join(folder, `${k}.npy`), join(folder, `${k}_mask.npy`)];
  const [out, truth] = [openSync(prediction, 'w'), openSync(mask, 'w')];
  writeSync(out, header('<f4', shape));
  writeSync(truth, header('|u1', [...(batch > 1 ? [batch] : []), ...space]));
  for (let image = 0; image < batch; image++) {
    const labels = new Uint8Array(pixels);
    for (let i = 0; i < pixels; i++) {
      labels[i] = ((Math.floor(i / width) >> 5) * 7 + ((i % width) >> 6) * 3 + image) % Math.max(2, classes);
    }
    writeSync(truth, labels);
    for (let c = 0; c < classes; c++) {
      const row = new Float32Array(pixels);
      for (let i = 0; i < pixels; i++) {
        const hit = classes === 1 ? labels[i] * 4 - 2 : labels[i] === c ? 3 : 0;
        row[i] = hit + 2 * (random() + random() + random() - 1.5);
      }
      writeSync(out, new Uint8Array(row.buffer));
    }
  }
  return { prediction, mask };
}

const torch = `
import sys, numpy as np, torch, torch.nn.functional as F
from scipy.ndimage import distance_transform_edt
x = torch.from_numpy(np.load(sys.argv[1])); m = np.load(sys.argv[2]); y = torch.from_numpy(m.astype(np.int64))
if x.shape[0] == 1: x = torch.cat([torch.zeros_like(x), x], 0)
if not (x.dim() == 4 and x.shape[0] == 16): x, y, m = x[None], y[None], m[None]
C = x.shape[1]
with torch.no_grad():
    w = torch.bincount(y.ravel(), minlength=C).float(); w = w.sum() / (w + 1)
    l = F.cross_entropy(x, y, reduction='none')
    F.cross_entropy(x, y); F.cross_entropy(x, y, weight=w)
    l.ravel().topk(l.numel() // 10).values.mean()
    ((1 - (-l).exp()) ** 2 * l).mean()
    d = np.zeros(m.shape, np.float32)
    for i in range(len(m)):
        for c in np.unique(m[i]): d[i] += distance_transform_edt(m[i] == c)
    (l * (1 + d.max() - torch.from_numpy(d))).mean()
    p = x.softmax(1); g = F.one_hot(y, C).movedim(-1, 1).float(); axes = [0] + list(range(2, x.dim()))
    e = (p - g) ** 2; (e * g).sum(axes) / g.sum(axes) + (e * (1 - g)).sum(axes) / (1 - g).sum(axes)
    1 - (2 * (p * g).sum(axes) / (p.sum(axes) + g.sum(axes))).mean()
`;

/** Wall and processor time in seconds and peak memory in MB of a process; null where it fails. */
function timed(program, args) {
  const start = performance.now();
  const timer = existsSync('/usr/bin/time');
  const command = timer ? ['/usr/bin/time', '-f', '%U %S %M', program, ...args] : [program, ...args];
  const { status, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = (performance.now() - start) / 1000;
  const [user = Number.NaN, system = 0, memory = Number.NaN] = timer
    ? stderr.trim().split('\n').at(-1).split(' ').map(Number)
    : [];
  return status !== null && status <= 1 ? { wall, cpu: user + system, memory: memory / 1024 } : null;
}

function median(list, key) {
  const values = list.map((it) => it[key]).sort((a, b) => a - b);
  return values[values.length >> 1];
}

const hasTorch = spawnSync('python3', ['-c', 'import torch, scipy'], { encoding: 'utf8' }).status === 0;
const python = hasTorch
  ? 'python3'
  : existsSync('/usr/bin/python3') && spawnSync('/usr/bin/python3', ['-c', 'import torch, scipy']).status === 0
    ? '/usr/bin/python3'
    : null;
if (python === null) console.log('torch and scipy are not installed: their column is left out\n');
console.log(`medians of ${runs} runs in turn: wall s / CPU s / peak MB\n`);
console.log(
  `${'input'.padEnd(20)}${'node -e 0'.padEnd(20)}${'values'.padEnd(22)}${'diagnosis'.padEnd(22)}torch + scipy`,
);
try {
  for (const [k, input] of inputs.entries()) {
    const { prediction, mask } = make(input, k);
    const losses = names.flatMap((name) => ['--loss', input.classes === 1 && name === 'ce' ? 'bce-logits' : name]);
    const ways = [
      [process.execPath, ['-e', '0']],
      [process.execPath, [cli, 'losses', prediction, mask, '--no-gradients', ...losses]],
      [process.execPath, [cli, prediction, mask]],
      ...(python === null ? [] : [[python, ['-c', torch, prediction, mask]]]),
    ];
    const figures = ways.map(() => []);
    for (let run = 0; run < runs; run++) {
      ways.forEach(([program, args], way) => {
        const figure = timed(program, args);
        if (figure !== null) figures[way].push(figure);
      });
    }
    const cells = figures.map((list) =>
      list.length === 0
        ? 'failed'
        : `${median(list, 'wall').toFixed(2)} / ${median(list, 'cpu').toFixed(2)} / ${median(list, 'memory').toFixed(0)}`,
    );
    console.log(`${`[${input.shape}]`.padEnd(20)}${cells.map((cell, at) => cell.padEnd(at === 0 ? 20 : 22)).join('')}`);
    for (const file of [prediction, mask]) rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
