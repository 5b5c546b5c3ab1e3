// Nanoseconds of the processor per logit: kernels on a tile that stays in the cache, then the sweep of five streaming losses over
// arrays in memory, singles with SIMD beside doubles; how far the two are apart; the selection of Top-K beside torch.topk.
//   node bench/kernels.mjs [runs]
import { spawnSync } from 'node:child_process';
import { ndarray } from '../dist/core/index.js';
import { interpret } from '../dist/interpret/interpret.js';
import * as kernel from '../dist/kernels/index.js';
import { losses } from '../dist/losses/index.js';
import { rowLength, tileLength } from '../dist/measure/case.js';
import { lossRequests, lossValue } from '../dist/measure/evaluate.js';
import { Measurements } from '../dist/measure/measurements.js';
import { defaultSpec } from '../dist/measure/spec.js';
import { wiredView } from '../dist/measure/wiring.js';
import { requestOf } from '../dist/options.js';
import { generator } from './_inputs.mjs';
import { cpuTime, pythonWith } from './_timed.mjs';

const runs = Number(process.argv[2] ?? 7);
const line = (name, cells) => console.log(`${name.padEnd(34)}${cells.map((it) => it.padStart(16)).join('')}`);

/** ns per value of every kernel on one tile, again and again. */
function kernels(channels, precision) {
  const random = generator();
  const count = tileLength(channels);
  const workspace = kernel.openWorkspace(precision);
  const stride = rowLength(count, workspace.step);
  const wide = () => workspace.reals(channels * stride);
  const [z, p, a, b] = [wide(), wide(), wide(), wide()];
  const [top, sum, nll] = [workspace.reals(stride), workspace.reals(stride), workspace.reals(stride)];
  const labels = workspace.integers(stride);
  for (let i = 0; i < z.length; i++) z[i] = 8 * random() - 4;
  for (let i = 0; i < count; i++) labels[i] = Math.floor(channels * random());
  kernel.closeRows(labels, count);
  const repeats = Math.ceil(4e6 / (channels * count));
  const per = (work) => {
    const all = () => {
      for (let k = 0; k < repeats; k++) work();
    };
    return (1e6 * cpuTime(runs, all)) / (repeats * channels * count);
  };
  const shape = [channels, stride, count];
  const times = {
    softmax: per(() => kernel.softmax(z, p, top, sum, ...shape)),
    '-ln p of the label': per(() => kernel.nllSoftmax(z, top, sum, labels, nll, stride, count)),
    '-ln p of every class': per(() => kernel.negLogSoftmax(z, top, sum, a, ...shape)),
    sigmoid: per(() => kernel.sigmoid(z, p, ...shape)),
    'sigmoid with both logarithms': per(() => kernel.sigmoidWithLogs(z, p, a, b, ...shape)),
    'logarithm of probabilities': per(() => kernel.negLog(p, a, ...shape)),
  };
  workspace.close();
  return times;
}

/** The values of the streaming losses in one sweep, and ns per logit. */
function sweep(channels, size, precision) {
  const random = generator();
  const pixels = size * size;
  const mask = Uint8Array.from({ length: pixels }, (_, i) => (((i / size) >> 5) * 5 + ((i % size) >> 6)) % channels);
  const scores = new Float32Array(channels * pixels);
  for (let i = 0; i < scores.length; i++)
    scores[i] = 6 * random() - 3 + (mask[i % pixels] === (i / pixels) >> 0 ? 3 : 0);
  const [prediction, target] = [
    { path: 'prediction', array: ndarray(scores, [channels, size, size], 'float32') },
    { path: 'target', array: ndarray(mask, [size, size], 'uint8') },
  ];
  const source = interpret('bench', prediction, target, requestOf({ exact: precision === 'double' })).pixels;
  const chosen = losses.filter(({ id }) => ['ce', 'weighted-ce', 'focal', 'ss', 'dice'].includes(id));
  const plans = chosen.map((loss) => {
    const spec = { ...defaultSpec(loss, false), from: 'auto' };
    return { spec, view: wiredView(spec, source.prediction.activation, source.kind) };
  });
  let values = [];
  const time = cpuTime(runs, () => {
    const measurements = new Measurements(source);
    measurements.prepare(plans.flatMap(({ spec, view }) => lossRequests(spec, measurements, view)));
    values = plans.map(({ spec, view }) => lossValue(spec, measurements, view).value);
  });
  return { values, time: (1e6 * time) / scores.length };
}

for (const channels of [21, 4, 1]) {
  const [single, double] = [kernels(channels, 'single'), kernels(channels, 'double')];
  line(`${channels} channel${channels > 1 ? 's' : ''}, ns per logit`, ['SIMD, singles', 'doubles', 'ratio']);
  for (const [name, time] of Object.entries(single)) {
    line(`  ${name}`, [time.toFixed(2), double[name].toFixed(1), `${(double[name] / time).toFixed(1)}x`]);
  }
  if (channels === 1) continue;
  const [swift, exact] = [sweep(channels, 512, 'single'), sweep(channels, 512, 'double')];
  line('  five losses in one sweep', [
    swift.time.toFixed(2),
    exact.time.toFixed(1),
    `${(exact.time / swift.time).toFixed(1)}x`,
  ]);
  const apart = Math.max(...swift.values.map((value, k) => Math.abs(value / exact.values[k] - 1)));
  console.log(`  the five losses differ from float64 by at most ${apart.toExponential(1)} of their value\n`);
}

const random = generator();
const values = Float32Array.from({ length: 1 << 21 }, () => -Math.log(1 - random()));
const ours = cpuTime(runs, () => kernel.splitLargest([values], Math.floor(values.length / 10)));
const python = pythonWith('torch');
const script = `
import time, torch
torch.set_num_threads(1); x = -torch.log(1 - torch.rand(${values.length})); t = []
for _ in range(${runs}): s = time.process_time(); x.topk(${values.length} // 10, sorted=False); t.append(time.process_time() - s)
print(1000 * sorted(t)[len(t) // 2])`;
const theirs = python === null ? '' : `; torch.topk ${Number(spawnSync(python, ['-c', script]).stdout).toFixed(0)} ms`;
console.log(`the largest tenth of ${values.length} losses: ${ours.toFixed(0)} ms${theirs}`);
