// What the whole loss table costs beside cross-entropy alone: node bench/losses.mjs [channels size runs]
// Values only, on one prepared case; every run sweeps anew. Prints the median of the runs, in turn, and the ratio.
import { ndarray } from '../dist/core/index.js';
import { interpret } from '../dist/interpret/interpret.js';
import { losses } from '../dist/losses/index.js';
import { lossRequests, lossValue } from '../dist/measure/evaluate.js';
import { Measurements } from '../dist/measure/measurements.js';
import { defaultSpec } from '../dist/measure/spec.js';
import { wiredView } from '../dist/measure/wiring.js';
import { requestOf } from '../dist/options.js';

const [channels = 21, size = 512, runs = 5] = process.argv.slice(2).map(Number);
const pixels = size * size;

/** A small linear congruential generator: the same numbers in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
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

const ce = losses.filter(({ id }) => id === 'ce');
const times = { ce: [], all: [], readCe: [], readAll: [] };
take(swept);
for (let run = 0; run < runs; run++) {
  times.ce.push(take(ce));
  times.all.push(take(swept));
  times.readCe.push(take(ce, read));
  times.readAll.push(take(swept, read));
}
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const row = (name, list) => console.log(`${name.padEnd(44)} ${median(list).toFixed(0).padStart(5)} ms`);
console.log(`[${channels},${size},${size}], median of ${runs} runs in turn`);
row('ce alone', times.ce);
row(`${swept.length} losses of the shared sweep`, times.all);
row('arrays interpreted, ce alone', times.readCe);
row(`arrays interpreted, ${swept.length} losses`, times.readAll);
console.log(
  `ratio ${(median(times.all) / median(times.ce)).toFixed(2)}, with the reading ${(median(times.readAll) / median(times.readCe)).toFixed(2)}`,
);
