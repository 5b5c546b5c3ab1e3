// The exact distance transform: node bench/distance.mjs [runs]
// CPU per pixel of the SIMD kernel and of the scalar one, in turn, and of scipy.ndimage.distance_transform_edt, one transform per
// class, where python3 has scipy. The kernels give every pixel its distance; scipy those of one class at a time. Medians.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { squaredDistances as simd } from '../dist/kernels/index.js';
import { squaredDistances as scalar } from '../dist/kernels/scalar/distance.js';
import { median, pythonWith } from './_timed.mjs';

const runs = Number(process.argv[2] ?? 5);
const python = pythonWith('scipy.ndimage');
const cases = [
  { shape: [512, 512], classes: 2 },
  { shape: [512, 512], classes: 20 },
  { shape: [1024, 2048], classes: 19 },
  { shape: [155, 240, 240], classes: 2 },
  { shape: [155, 240, 240], classes: 4 },
  { shape: [256, 256, 256], classes: 2 },
];

/** Regions with soft borders: the level, among evenly frequent ones, of a sum of waves in directions of their own. */
function regions(shape, classes) {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const waves = Array.from({ length: 6 }, () => ({
    phases: shape.map((length) => {
      const turn = (random() - 0.5) * 0.16;
      const start = random() * 6.28;
      return Float64Array.from({ length }, (_, i) => turn * i + start);
    }),
  }));
  const inner = shape.at(-1);
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let line = 0; line < values.length / inner; line++) {
    const [y, x] = shape.length === 3 ? [Math.floor(line / shape[1]), line % shape[1]] : [line, 0];
    for (const { phases } of waves) {
      const outer = phases[0][y] + (shape.length === 3 ? phases[1][x] : 0);
      const last = phases.at(-1);
      for (let i = 0; i < inner; i++) values[line * inner + i] += Math.sin(outer + last[i]);
    }
  }
  const sample = values.filter((_, i) => i % 97 === 0).sort();
  const levels = Array.from({ length: classes - 1 }, (_, c) => sample[Math.floor(((c + 1) * sample.length) / classes)]);
  return Int32Array.from(values, (value) => levels.filter((level) => value > level).length);
}

const script = `
import sys, time, numpy
from scipy.ndimage import distance_transform_edt
labels = numpy.fromfile(sys.argv[1], numpy.int32).reshape([int(n) for n in sys.argv[2].split(',')])
start = time.process_time()
for label in numpy.unique(labels): distance_transform_edt(labels == label)
print(time.process_time() - start)`;

/** CPU milliseconds of scipy, once; NaN where there is none. */
function scipy(labels, shape) {
  const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));
  try {
    writeFileSync(join(folder, 'labels'), labels);
    const { stdout } = spawnSync(python, ['-c', script, join(folder, 'labels'), String(shape)], { encoding: 'utf8' });
    return 1000 * Number.parseFloat(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** CPU milliseconds of a call. */
function time(kernel, labels, shape) {
  const start = process.cpuUsage();
  kernel(
    labels,
    shape,
    shape.map(() => 1),
  );
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

console.log(`CPU ms (ns per pixel), median of ${runs} runs in turn${python ? '; scipy once' : '; no scipy here'}`);
console.log(
  `${'input'.padEnd(26)}${'SIMD'.padStart(14)}${'scalar'.padStart(14)}${'scipy'.padStart(15)}    scipy / SIMD`,
);
for (const { shape, classes } of cases) {
  const labels = regions(shape, classes);
  const times = { simd: [], scalar: [] };
  time(simd, labels, shape);
  for (let run = 0; run < runs; run++) {
    times.simd.push(time(simd, labels, shape));
    times.scalar.push(time(scalar, labels, shape));
  }
  const cell = (ms, width) => `${ms.toFixed(0)} (${((ms * 1e6) / labels.length).toFixed(0)})`.padStart(width);
  const ours = median(times.simd);
  const row = `${`${shape.join('x')}, ${classes} classes`.padEnd(26)}${cell(ours, 14)}${cell(median(times.scalar), 14)}`;
  const theirs = python ? scipy(labels, shape) : Number.NaN;
  const ratio = `${(theirs / ours).toFixed(1)}x (${(theirs / ours / classes).toFixed(1)}x)`;
  console.log(python ? `${row}${cell(theirs, 15)}    ${ratio}` : row);
}
