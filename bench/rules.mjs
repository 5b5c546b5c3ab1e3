// What the rules cost on healthy arrays, per rule and per measure: node bench/rules.mjs [channels size runs]
// Swept measures are taken one at a time (what they have in common, such as the softmax, counts for each of them); derived ones
// without what they need. Prints the median of the runs.
import { ndarray } from '../dist/core/index.js';
import { honestView, judge, ruleRequests } from '../dist/diagnose/rules.js';
import { assumedSpec } from '../dist/diagnose/specs.js';
import { interpret } from '../dist/interpret/interpret.js';
import { evaluateLosses } from '../dist/measure/evaluate.js';
import { Measurements } from '../dist/measure/measurements.js';
import { requestOf } from '../dist/options.js';
import { rules } from '../dist/rules/index.js';

const [channels = 19, size = 512, runs = 5] = process.argv.slice(2).map(Number);
const pixels = size * size;

/** A small linear congruential generator: the same numbers in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** Blocks of classes, and a network that is right but for noise and a pixel or two beside every outline. */
const classes = Math.max(2, channels);
const classAt = (y, x) => ((y >> 5) * 5 + (x >> 6) * (1 + (y >> 7))) % classes;
const mask = Uint8Array.from({ length: pixels }, (_, i) => classAt(Math.floor(i / size), i % size));
const seen = Uint8Array.from({ length: pixels }, (_, i) => classAt(Math.floor(i / size) + 1, (i % size) + (i % 2)));
const scores = new Float32Array(channels * pixels);
for (let c = 0; c < channels; c++) {
  const own = channels === 1 ? 1 : c;
  for (let i = 0; i < pixels; i++) {
    scores[c * pixels + i] = 1.5 * (random() + random() + random() - 1.5) + (seen[i] === own ? 3 : -2);
  }
}

/** Adds up what passes in each name, less what passes in others meanwhile. */
function stopwatch() {
  const spent = new Map();
  const open = [];
  return {
    spent,
    time(name, work) {
      const start = performance.now();
      open.push(0);
      try {
        return work();
      } finally {
        const passed = performance.now() - start;
        spent.set(name, (spent.get(name) ?? 0) + passed - open.pop());
        if (open.length > 0) open[open.length - 1] += passed;
      }
    },
  };
}

class TimedMeasurements extends Measurements {
  constructor(source, watch) {
    super(source);
    this.watch = watch;
  }
  get(measure, view) {
    return this.watch.time(`measure ${measure.id}`, () => super.get(measure, view));
  }
}

const { subject, pixels: source } = interpret(
  'bench',
  { path: 'prediction', array: ndarray(scores, [channels, size, size], 'float32') },
  { path: 'target', array: ndarray(mask, [size, size], 'uint8') },
  requestOf({}),
);
const selection = { only: null, disabled: [] };
const under = honestView(subject);
const specs = [assumedSpec(subject.kind, subject.prediction.activation)];

function take() {
  const watch = stopwatch();
  const measurements = new TimedMeasurements(source, watch);
  const losses = watch.time('step   the loss itself', () => evaluateLosses(specs, measurements));
  const asked = ruleRequests(rules, { subject, measurements, mended: null, selection });
  watch.time('step   the sweep for the rules', () => measurements.prepare(asked));
  const timed = rules.map((rule) => ({
    ...rule,
    check: (...args) => watch.time(`rule    ${rule.id}`, () => rule.check(...args)),
  }));
  const verdicts = watch.time('step   ordering the findings', () =>
    judge(timed, {
      subject,
      measurements,
      mended: null,
      circumstances: {
        losses,
        others: [],
        reported: null,
        reportedValue: null,
        options: { layout: null, classes: null },
        series: null,
        retake: () => Number.NaN,
        perImage: () => [],
      },
      selection,
      repairs: [],
    }),
  );
  return { spent: watch.spent, found: verdicts.filter(({ status }) => status === 'found').map(({ rule }) => rule) };
}

/** Every swept measure that the rules ask for, alone. */
function takeAlone() {
  const spent = new Map();
  const add = (measure) => {
    const needs = Object.values(measure.needs).filter((need) => need !== undefined);
    if (measure.kind === 'swept' && !spent.has(measure.id)) {
      const measurements = new Measurements(source);
      measurements.prepare(needs.map((need) => ({ measure: need, view: under })));
      const start = performance.now();
      measurements.prepare([{ measure, view: under }]);
      spent.set(measure.id, performance.now() - start);
    }
    needs.forEach(add);
  };
  for (const rule of rules) Object.values(rule.needs).filter(Boolean).forEach(add);
  return spent;
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const gathered = (takes) => {
  const names = [...new Set(takes.flatMap((spent) => [...spent.keys()]))];
  return names
    .map((name) => ({ name, ms: median(takes.map((spent) => spent.get(name) ?? 0)) }))
    .filter(({ ms }) => ms >= 0.05)
    .sort((a, b) => b.ms - a.ms);
};
function print(rows) {
  for (const { name, ms } of rows) console.log(`${ms.toFixed(1).padStart(9)}  ${name}`);
}

take();
const all = Array.from({ length: runs }, take);
const own = gathered(all.map(({ spent }) => spent));
const total = own.reduce((sum, { ms }) => sum + ms, 0);
console.log(`[${channels},${size},${size}], median of ${runs} runs, ms`);
console.log(`found: ${all[0].found.join(', ') || 'nothing'}\n`);
print([...own, { name: 'all', ms: total }]);
console.log('\nswept measures, one at a time');
print(gathered(Array.from({ length: runs }, takeAlone)));
