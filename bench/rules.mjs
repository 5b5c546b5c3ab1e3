// Where the time of a diagnosis goes, per measure, rule and loss: node bench/rules.mjs [channels size skill runs | prediction target runs]
// Without files on a synthetic network: skill 0 has just begun, 1 (healthy) to 3 (saturated). What a sweep works out for all measures alike (the
// stored values, the probabilities, the surprise of the label) is counted on its own. Prints the median of the runs.
import { existsSync } from 'node:fs';
import { ndarray } from '../dist/core/index.js';
import { withArrays } from '../dist/host/files.js';
import { losses } from '../dist/losses/index.js';
import { Measurements } from '../dist/measure/measurements.js';
import { requestOf } from '../dist/options.js';
import { runCase } from '../dist/pipeline.js';
import { rules } from '../dist/rules/index.js';
import { generator } from './_inputs.mjs';
import { median } from './_timed.mjs';

const [first = '19', second = '512', ...rest] = process.argv.slice(2);
const request = requestOf({});

/** Adds up what passes in each name, less what passes in others meanwhile. */
const spent = new Map();
const open = [];
function time(name, work) {
  const start = performance.now();
  open.push(0);
  try {
    return work();
  } finally {
    const passed = performance.now() - start;
    spent.set(name, (spent.get(name) ?? 0) + passed - open.pop());
    if (open.length > 0) open[open.length - 1] += passed;
  }
}

function timed(object, method, name) {
  const work = object[method];
  object[method] = function (...args) {
    return time(name, () => work.apply(this, args));
  };
}

/** The same measure under a stopwatch, and what it needs likewise. */
function watched(measure) {
  if (measure === undefined) return undefined;
  const needs = Object.fromEntries(Object.entries(measure.needs).map(([name, need]) => [name, watched(need)]));
  if (measure.kind === 'derived') {
    return { ...measure, needs, compute: (...args) => time(`late    ${measure.id}`, () => measure.compute(...args)) };
  }
  const name = `swept   ${measure.id.replace(/ #\d+/g, '')}`;
  return {
    ...measure,
    needs,
    tile(state, tile, values) {
      time('shared  probabilities and surprise', () => {
        tile.probabilities();
        if (tile.targets === null) tile.nll();
      });
      time(name, () => measure.tile(state, tile, values));
    },
    finish: (...args) => time(name, () => measure.finish(...args)),
  };
}

const { prepare, get } = Measurements.prototype;
Measurements.prototype.prepare = function (requests) {
  const wrapped = requests.map(({ measure, view }) => ({ measure: watched(measure), view }));
  return time('shared  reading the tiles', () => prepare.call(this, wrapped));
};
Measurements.prototype.get = function (measure, view) {
  return get.call(this, watched(measure), view);
};
for (const rule of rules) timed(rule, 'check', `rule    ${rule.id}`);
for (const loss of losses) {
  for (const method of ['value', 'gradient', 'infimum']) timed(loss, method, `loss    ${loss.id}`);
}

/** Blocks of classes, and a network that is right but for noise and a pixel or two beside every outline. */
function synthetic(channels, size, skill) {
  const random = generator();
  const pixels = size * size;
  const classes = Math.max(2, channels);
  const classAt = (y, x) => ((y >> 5) * 5 + (x >> 6) * (1 + (y >> 7))) % classes;
  const mask = Uint8Array.from({ length: pixels }, (_, i) => classAt(Math.floor(i / size), i % size));
  const seen = Uint8Array.from({ length: pixels }, (_, i) => classAt(Math.floor(i / size) + 1, (i % size) + (i % 2)));
  const scores = new Float32Array(channels * pixels);
  for (let c = 0; c < channels; c++) {
    const own = channels === 1 ? 1 : c;
    for (let i = 0; i < pixels; i++) {
      scores[c * pixels + i] = 1.5 * (random() + random() + random() - 1.5) + (seen[i] === own ? 3 : -2) * skill;
    }
  }
  return [
    { path: 'prediction', array: ndarray(scores, [channels, size, size], 'float32') },
    { path: 'target', array: ndarray(mask, [size, size], 'uint8') },
  ];
}

function take(prediction, target) {
  spent.clear();
  const report = time('rest    interpretation, order of the findings, repairs', () =>
    runCase('bench', prediction, target, request),
  );
  const found = report.verdicts.filter(({ status }) => status === 'found').map(({ rule }) => rule);
  return { spent: new Map(spent), found };
}

function print(runs) {
  const names = [...new Set(runs.flatMap((own) => [...own.spent.keys()]))];
  const rows = names
    .map((name) => ({ name, ms: median(runs.map((own) => own.spent.get(name) ?? 0)) }))
    .sort((a, b) => b.ms - a.ms);
  const sum = (kind) => rows.filter(({ name }) => name.startsWith(kind)).reduce((all, { ms }) => all + ms, 0);
  const total = sum('');
  console.log(`found: ${runs[0].found.join(', ') || 'nothing'}\n`);
  const line = (ms, name) =>
    console.log(`${ms.toFixed(1).padStart(9)} ${((100 * ms) / total).toFixed(1).padStart(6)} %  ${name}`);
  for (const { name, ms } of rows) if (ms >= 0.0025 * total) line(ms, name);
  console.log('');
  for (const kind of ['shared', 'swept', 'late', 'rule', 'loss', 'rest']) line(sum(kind), `all of ${kind}`);
  line(total, 'all, ms');
}

function measure(arrays, runs) {
  take(...arrays);
  print(Array.from({ length: runs }, () => take(...arrays)));
}

if (existsSync(first)) await withArrays([first, second], (arrays) => measure(arrays, Number(rest[0] ?? 5)));
else measure(synthetic(Number(first), Number(second), Number(rest[0] ?? 1)), Number(rest[1] ?? 5));
