import { describe, expect, test } from 'vitest';
import { type EmbeddingEvaluation, evaluateOn } from '../../src/embeddings/_evaluate.ts';
import type { EmbeddingArrays } from '../../src/embeddings/_features.ts';
import { readArray } from '../../src/host/files.ts';
import { root } from '../_sources.ts';
import { inputOf, planFor, type Row, reference } from '../losses/_reference.ts';

const folder = `${root}fixtures/reference/`;
const rows = reference.rows.filter((row) => inputOf(row.input).kind === 'embedding');

async function evaluated(row: Row): Promise<EmbeddingEvaluation> {
  const { files, ignore_index: ignored } = inputOf(row.input);
  // The class matrix is named by its file.
  const plan = planFor(row) as { readonly spec: string; readonly weights?: unknown } | null;
  if (plan === null) throw new Error(`${row.loss} as ${row.reference} has it is not covered`);
  const read = (path: unknown) => (typeof path === 'string' ? readArray(folder + path) : undefined);
  const arrays = {
    features: await read(files.emb),
    mask: await read(files.mask),
    weights: await read(plan.weights),
    triplets: await read(files.triplets),
    pairs: await read(files.pairs),
    ignore: ignored === null ? [] : [ignored],
  } as EmbeddingArrays;
  return evaluateOn({ ...arrays, spec: plan.spec });
}

describe('every figure of the reference is met to 1e-9', () => {
  test.each(rows.map((row) => ({ row, name: `${row.input} ${row.loss} ${JSON.stringify(row.options)}` })))(
    '$name',
    async ({ row }) => {
      const { value, gradient } = await evaluated(row);
      const ours = [value, gradient.l2, gradient.max];
      const theirs = [Number(row.value), row.grad_l2, row.grad_max];
      for (const [k, figure] of theirs.entries()) {
        expect(Math.abs((ours[k] ?? Number.NaN) - (figure ?? 0))).toBeLessThanOrEqual(1e-9 * Math.abs(figure ?? 0));
      }
      for (const [k, entry] of (row.grad_head ?? []).entries()) {
        expect(Math.abs((gradient.head[k] ?? Number.NaN) - entry)).toBeLessThanOrEqual(
          1e-12 * (row.grad_max ?? 1) + 1e-9 * Math.abs(entry),
        );
      }
    },
  );

  test('there are 43 of them', () => {
    expect(rows).toHaveLength(43);
  });
});
