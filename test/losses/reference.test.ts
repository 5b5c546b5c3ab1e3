import { describe, expect, test } from 'vitest';
import type { NdArray } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { evaluateOn } from '../../src/measure/direct.ts';
import { exceptionsOf } from './_exceptions.ts';
import { arrayOf, inputOf, type Plan, planFor, type Row, reference } from './_reference.ts';

/** Rows that were covered when this was last looked at. More is welcome, fewer is not. */
const coveredAtLeast = 1363;

const groups = new Map<string, { row: Row; plan: Plan }[]>();
for (const row of reference.rows) {
  const plan = planFor(row);
  // Losses on features are looked at in test/embeddings.
  if (plan === null || plan.raises !== undefined || inputOf(row.input).kind === 'embedding') continue;
  const key = `${row.loss} as ${row.reference} has it`;
  groups.set(key, [...(groups.get(key) ?? []), { row, plan }]);
}

const arrays = new Map<string, { prediction: NdArray; target: NdArray }>();
for (const [name, { kind }] of Object.entries(reference.inputs)) {
  if (kind !== 'logits' && kind !== 'probs') continue;
  arrays.set(name, { prediction: await arrayOf(name, kind), target: await arrayOf(name, 'mask') });
}

/** To 1e-9 of the figure, or of `scale` where that is larger. */
function isClose(ours: number | undefined, theirs: number, scale = 0): boolean {
  if (Number.isNaN(theirs)) return Number.isNaN(ours);
  // Below 1e-15 both sides are rounding noise.
  const tolerance = Math.max(1e-15, 1e-9 * Math.max(Math.abs(theirs), scale));
  return ours !== undefined && (ours === theirs || Math.abs(ours - theirs) <= tolerance);
}

/** What differs between a figure and ours; empty when nothing does. */
function differences({ row, plan }: { row: Row; plan: Plan }): string[] {
  const stored = arrays.get(row.input);
  if (stored === undefined) return [`no arrays of ${row.input}`];
  const { value, gradient, raises } = evaluateOn({ ...stored, classes: inputOf(row.input).classes, ...plan });
  if (String(row.value).startsWith('error')) return raises === null ? [`${value} where they raise ${row.value}`] : [];
  const out: string[] = [];
  const check = (name: string, ours: number | undefined, theirs: number, scale = 0): void => {
    if (!isClose(ours, theirs, scale)) out.push(`${name} is ${ours}, not ${theirs}`);
  };
  check('value', value, Number(row.value));
  if (row.grad_l2 !== null) check('l2', gradient?.l2, row.grad_l2);
  if (row.grad_max !== null) check('max', gradient?.max, row.grad_max);
  // An entry a thousand times smaller than the largest is the difference of larger ones.
  row.grad_head?.forEach((entry, k) => {
    check(`entry ${k}`, gradient?.head[k], entry, 1e-3 * (row.grad_max ?? 0));
  });
  return out.map((text) => `${row.input} ${JSON.stringify(row.options)} -> ${plan.spec}: ${text}`);
}

describe('every covered figure of the reference is met to 1e-9', () => {
  test.each([...groups])('%s', (_, rows) => {
    expect(rows.flatMap(differences)).toEqual([]);
  });
});

test('no row of the reference has been lost', () => {
  expect(reference.rows).toHaveLength(1407);
  expect(new Set(reference.rows.map((row) => row.input)).size).toBe(20);
});

test(`at least ${coveredAtLeast} rows of the reference are covered`, () => {
  const count = [...groups.values()].reduce((sum, rows) => sum + rows.length, 0);
  expect(count).toBeGreaterThanOrEqual(coveredAtLeast);
});

test('every loss is held against the reference, unless a reason is given', () => {
  const held = new Set([...groups.values()].flat().map(({ plan }) => plan.spec.split(':')[0]));
  const missing = losses.filter(({ id }) => !held.has(id) && exceptionsOf(id).noReference === undefined);
  expect(missing.map(({ id }) => id)).toEqual([]);
});
