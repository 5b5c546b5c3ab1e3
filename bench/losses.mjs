// What the whole loss table costs beside cross-entropy alone: node bench/losses.mjs [channels size runs]
// Values only; every run sweeps anew, in turn. Prints medians and three ratios: of the sweep alone, of interpretation and sweep, and of
// whole processes; then what the kernels of the sweep cost by themselves, which is where the first ratio comes from.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ndarray } from '../dist/core/index.js';
import { interpret } from '../dist/interpret/interpret.js';
import * as kernel from '../dist/kernels/index.js';
import { losses } from '../dist/losses/index.js';
import { lossRequests, lossValue } from '../dist/measure/evaluate.js';
import { Measurements } from '../dist/measure/measurements.js';
import { defaultSpec } from '../dist/measure/spec.js';
import { wiredView } from '../dist/measure/wiring.js';
import { requestOf } from '../dist/options.js';
import { generator, header } from './_inputs.mjs';
import { cli, median, timed } from './_timed.mjs';

const [channels = 21, size = 512, runs = 5] = process.argv.slice(2).map(Number);
const pixels = size * size;

const random = generator();
const mask = Uint8Array.from({ length: pixels }, (_, i) => (((i / size) >> 5) * 5 + ((i % size) >> 6)) % channels);
const scores = new Float32Array(channels * pixels);
for (let c = 0; c < channels; c++) {
  for (let i = 0; i < pixels; i++) scores[c * pixels + i] = 3 * (random() + random() - 1) + (mask[i] === c ? 3 : 0);
}

const read = () =>
  interpret(
    'bench',
    { path: 'prediction', array: ndarray(scores, [channels, size, size], 'float32') },
    { path: 'target', array: ndarray(mask, [size, size], 'uint8') },
    requestOf({}),
  ).pixels;
const source = read();

/** Losses that need only the shared sweep: nothing kept per pixel, no map, no whole image. */
const expensive = /whole-images|ranked-losses|penalty|signed-maps|hausdorff/;
const swept = losses
  .filter(({ kinds, terms }) => kinds.includes(source.kind) && terms === undefined)
  .filter((loss) => {
    const needs = Object.values(loss.measures(defaultSpec(loss, false).options, source));
    const names = (measure) => [
      measure.id,
      ...Object.values(measure.needs).flatMap((need) => (need ? names(need) : [])),
    ];
    return !needs.some((measure) => measure && names(measure).some((id) => expensive.test(id)));
  });

/** The values of some losses: on the case as it is, or of arrays that must be interpreted first. */
function take(chosen, open = () => source) {
  const start = performance.now();
  const measurements = new Measurements(open());
  const plans = chosen
    .map((loss) => ({ ...defaultSpec(loss, false), from: 'auto' }))
    .map((spec) => ({
      spec,
      view: wiredView(spec, source.prediction.activation, source.kind),
    }));
  measurements.prepare(plans.flatMap(({ spec, view }) => lossRequests(spec, measurements, view)));
  for (const { spec, view } of plans) lossValue(spec, measurements, view);
  return performance.now() - start;
}

const folder = mkdtempSync(join(tmpdir(), 'lossprobe-bench-'));
const files = [
  ['prediction.npy', '<f4', [channels, size, size], scores],
  ['target.npy', '|u1', [size, size], mask],
].map(([name, type, shape, values]) => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([header(type, shape), Buffer.from(values.buffer)]));
  return path;
});

/** Processor time in ms of a whole process that reads both files and prints the values; wall time where nothing measures it. */
function runProcess(chosen) {
  const args = [cli, 'losses', ...files, '--no-gradients', ...chosen.flatMap(({ id }) => ['--loss', id])];
  const { wall, cpu } = timed(process.execPath, args);
  return 1000 * (Number.isNaN(cpu) ? wall : cpu);
}

const ce = losses.filter(({ id }) => id === 'ce');
take(swept);
console.log(
  `[${channels},${size},${size}], ${runs} runs in turn, ce alone and the ${swept.length} losses of the shared sweep`,
);
for (const [name, run] of [
  ['sweep alone', (chosen) => take(chosen)],
  ['interpretation and sweep', (chosen) => take(chosen, read)],
  ['whole process', runProcess],
]) {
  const [one, all, ratios] = [[], [], []];
  for (let k = 0; k < runs; k++) {
    one.push(run(ce));
    all.push(run(swept));
    ratios.push(all.at(-1) / one.at(-1));
  }
  const [a, b, ratio] = [one, all, ratios].map(median);
  console.log(
    `${name.padEnd(26)} ${a.toFixed(0).padStart(5)} ms ${b.toFixed(0).padStart(5)} ms   ratio ${ratio.toFixed(2)}`,
  );
}
rmSync(folder, { recursive: true });

const count = 2048;
const stride = count + 16;
const space = kernel.openWorkspace('single');
const whole = () => space.reals(channels * stride);
const [z, p, up, down, top, logSum, row] = [
  whole(),
  whole(),
  whole(),
  whole(),
  ...[1, 2, 3].map(() => space.reals(stride)),
];
const ids = space.integers(stride);
for (let i = 0; i < count; i++) ids[i] = mask[i % mask.length];
for (let c = 0; c < channels; c++) z.set(scores.subarray(c * pixels, c * pixels + Math.min(count, pixels)), c * stride);
const room = (n) => new Float64Array(n);
const usual = { margin: 1, clip: 0, logFloor: -100 };
const focal = { gamma: 2, clip: 0, logFloor: -Infinity, code: { id: 1, a: 2, b: 0 } };
const unified = { gamma: 0.5, clip: 1e-7, truncated: false };
const hinge = { id: 'others', margin: 1, power: 1 };
const tile = [channels, stride, count];
const overlap = [kernel.overlapColumns * channels, 2 * channels, 2 * channels + 1].map(room);
const parts = {
  'copying the scores': () => p.set(z),
  'softmax: an exponential each': () => kernel.softmax(z, p, top, logSum, ...tile),
  'five sigmoid losses from it': () =>
    kernel.logisticSums(z, () => ({ p, top, logSum }), ids, usual, room(kernel.logisticColumns * channels), ...tile),
  '(sigmoid and two logarithms)': () => kernel.sigmoidWithLogs(z, p, up, down, ...tile),
  'overlap, squares': () => kernel.overlap(p, ids, null, ...overlap, ...tile),
  'unified focal': () => kernel.unifiedSums(p, ids, null, unified, room(5 * channels), ...tile),
  'multi-class hinge': () => kernel.sumMargins(z, -1, ids, hinge, room(channels), room(channels), ...tile),
  'winners and truth': () => kernel.confusion(z, ids, room(channels ** 2), ...tile),
  'soft confusion matrix': () => kernel.classMass(p, ids, null, room(channels ** 2), room(channels), ...tile),
  'Jensen-Shannon, own class': () =>
    kernel.sumOwnPairs(p, ids, kernel.jensenShannon, room(2 * channels), stride, count),
  'focal curve, pixel by pixel': () => kernel.pixelLosses(row, ids, null, focal, up.subarray(0, stride), count),
};
console.log('\nns per logit of one part alone, tiles in the cache');
for (const [name, run] of Object.entries(parts)) {
  const list = Array.from({ length: 300 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  console.log(`${name.padEnd(30)} ${((Math.min(...list) * 1e6) / (channels * count)).toFixed(2).padStart(5)}`);
}
