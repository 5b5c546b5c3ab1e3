// Compares lossprobe with reference figures: node scripts/golden.mjs GOLDEN.json [--verbose] [--loss id]
// The file holds { inputs, rows }; a row is { input, loss, options, from, reference, value, grad_l2, grad_max, grad_head }.
// Prints agreed / disagreed / not covered per loss and reference; exits 1 when a covered row disagrees.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { evaluateOn as evaluateEmbeddingOn } from '../dist/embeddings/_evaluate.js';
import { readArray } from '../dist/host/files.js';
import { evaluateOn } from '../dist/measure/direct.js';
import { translate } from './golden/translate.mjs';

const tolerance = 1e-9;
const argv = process.argv.slice(2);
const verbose = argv.includes('--verbose');
const only = argv.includes('--loss') ? argv[argv.indexOf('--loss') + 1] : null;
const path = argv.find((word) => word.endsWith('.json'));
if (path === undefined) {
  console.error('usage: node scripts/golden.mjs GOLDEN.json [--verbose] [--loss id]');
  process.exit(2);
}

// Python writes NaN and Infinity bare.
const text = readFileSync(path, 'utf8').replace(/: (-?)(NaN|Infinity)\b/g, ': "$1$2"');
const golden = JSON.parse(text);
const arrays = new Map();
for (const [name, input] of Object.entries(golden.inputs)) {
  const load = (file) => (file === undefined ? undefined : readArray(join(dirname(path), file)));
  arrays.set(name, {
    input,
    prediction: await load(input.files.logits ?? input.files.probs ?? input.files.emb),
    target: await load(input.files.mask),
    triplets: await load(input.files.triplets),
    pairs: await load(input.files.pairs),
  });
}

/** Relative agreement; NaN agrees with NaN, an infinity with itself. `scale` is the size below which differences are noise. */
function agrees(ours, theirs, scale = 0) {
  const want =
    typeof theirs === 'string' ? Number(theirs.replace(/^nan$/i, 'NaN').replace(/^(-?)inf$/i, '$1Infinity')) : theirs;
  if (Number.isNaN(want) || Number.isNaN(ours)) return Number.isNaN(want) === Number.isNaN(ours);
  if (want === ours) return true;
  // Below 1e-15 both sides are rounding noise.
  return Math.abs(ours - want) <= Math.max(1e-15, tolerance * Math.max(Math.abs(want), scale));
}

/** What differs between a row and our figures; empty when nothing does. */
function differences(row, ours) {
  if (typeof row.value === 'string' && row.value.startsWith('error')) {
    return ours.raises === null ? [`value ${ours.value}, they raise ${row.value}`] : [];
  }
  const out = [];
  if (!agrees(ours.value, row.value)) out.push(`value ${ours.value} not ${row.value}`);
  const g = ours.gradient;
  if (row.grad_l2 !== null && row.grad_l2 !== undefined && !agrees(g.l2, row.grad_l2))
    out.push(`l2 ${g.l2} not ${row.grad_l2}`);
  if (row.grad_max !== null && row.grad_max !== undefined && !agrees(g.max, row.grad_max))
    out.push(`max ${g.max} not ${row.grad_max}`);
  for (const [k, want] of (row.grad_head ?? []).entries()) {
    if (!agrees(g.head[k], want, Math.abs(row.grad_max) * 1e-3)) out.push(`head[${k}] ${g.head[k]} not ${want}`);
  }
  return out;
}

const matrices = new Map();

/** What we make of a row: a loss on scores, or on features. */
async function evaluated({ input, prediction, target, triplets, pairs }, plan) {
  if (plan.raises !== undefined) return plan;
  if (input.kind !== 'embedding') return evaluateOn({ prediction, target, classes: input.classes, ...plan });
  const { spec, weights: file } = plan;
  if (file !== undefined && !matrices.has(file)) matrices.set(file, await readArray(join(dirname(path), file)));
  const ignore = input.ignore_index === null ? [] : [input.ignore_index];
  const arrays = { features: prediction, mask: target, weights: matrices.get(file), triplets, pairs, ignore };
  return evaluateEmbeddingOn({ ...arrays, spec });
}

const table = new Map();
let disagreed = 0;
for (const row of golden.rows) {
  if (only !== null && row.loss !== only) continue;
  const key = `${row.loss.padEnd(28)} ${row.reference}`;
  const line = table.get(key) ?? { agreed: 0, disagreed: 0, uncovered: 0 };
  table.set(key, line);
  const stored = arrays.get(row.input);
  const plan = translate(row, stored.input);
  if (plan === null) {
    line.uncovered++;
    continue;
  }
  let found;
  try {
    found = differences(row, await evaluated(stored, plan));
  } catch (error) {
    found = [error.stack];
  }
  if (found.length === 0) line.agreed++;
  else {
    line.disagreed++;
    disagreed++;
    if (verbose)
      console.log(`${row.input} ${key} ${JSON.stringify(row.options)} -> ${plan.spec}\n    ${found.join('\n    ')}`);
  }
}
console.log(`${'loss'.padEnd(28)} ${'reference'.padEnd(40)} agreed disagreed not covered`);
for (const [key, { agreed, disagreed: bad, uncovered }] of [...table].sort()) {
  console.log(
    `${key.padEnd(69)} ${String(agreed).padStart(6)} ${String(bad).padStart(9)} ${String(uncovered).padStart(11)}`,
  );
}
const sum = (name) => [...table.values()].reduce((total, line) => total + line[name], 0);
console.log(`in all: ${sum('agreed')} agreed, ${sum('disagreed')} disagreed, ${sum('uncovered')} not covered`);
process.exitCode = disagreed > 0 ? 1 : 0;
