import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Opened } from '../../src/embeddings/_features.ts';
import { parseEmbedding } from '../../src/embeddings/_spec.ts';
import { embeddings } from '../../src/embeddings/index.ts';
import { seeded } from '../_arrays.ts';
import { anySample, opened } from './_sets.ts';

/** Spellings that together use every option of every loss. */
const spellings = [
  'softmax',
  'softmax:reduction=sum',
  'modified-softmax',
  'normalised-softmax:s=4',
  'l-softmax:m=3',
  'l-softmax:m=2,lambda=5',
  'a-softmax',
  'a-softmax:m=1',
  'am-softmax:s=5,m=0.2',
  'cosface:s=3,divide-by=count',
  'arcface:s=4',
  'arcface:s=4,m=0.9,fallback=true',
  'center',
  'center:factor=1,reduction=mean',
  'triplet',
  'triplet:convention=facenet,mining=batch-all',
  'triplet:convention=plain,margin=0.4,mining=batch-all',
  'triplet:mining=sample,samples=40,seed=3,normalise=true,squared=false,eps=0.001',
  'triplet:squared=true,mining=batch-hard,reduction=sum',
  'contrastive',
  'contrastive:normalise=true,margin=0.8,factor=1',
  'contrastive:pairs=sample,samples=30,seed=5,max-pixels=8',
];

/** dL/dx by central differences; class vectors and the choice of terms stay as they are. */
function differences(set: Opened, spec: string): { readonly central: Float64Array; readonly smooth: boolean } {
  const { loss, options } = parseEmbedding(spec);
  const rows = Float64Array.from(set.rows);
  const at = (k: number, moved: number): number => {
    rows[k] = (set.rows[k] ?? 0) + moved;
    const { value } = loss.evaluate({ ...set, rows }, options);
    rows[k] = set.rows[k] ?? 0;
    return value;
  };
  const here = at(0, 0);
  let smooth = true;
  const central = rows.map((_, k) => {
    const [up, down] = [at(k, 1e-6), at(k, -1e-6)];
    // At a kink, or where the count of active terms changes, the two sides disagree.
    if (Math.abs(up + down - 2 * here) > 1e-7 * Math.max(1, Math.abs(here))) smooth = false;
    return (up - down) / 2e-6;
  });
  return { central, smooth };
}

describe('the gradient is the central difference', () => {
  test.each(spellings)('%s', (spec) => {
    const { loss, options } = parseEmbedding(spec);
    let compared = 0;
    fc.assert(
      fc.property(anySample, (sample) => {
        const set = opened(sample);
        const { value, gradient } = loss.evaluate(set, options);
        const { central, smooth } = differences(set, spec);
        if (!smooth || !Number.isFinite(value)) return;
        compared++;
        const largest = central.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
        gradient.forEach((g, k) => {
          expect(Math.abs(g - (central[k] ?? 0)), `entry ${k} of ${spec}`).toBeLessThan(2e-6 * largest + 1e-8 * value);
        });
      }),
      seeded(25),
    );
    expect(compared).toBeGreaterThan(8);
  });

  test('class weights count per class', () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        const set = opened(sample);
        const spec = `softmax:class-weights=${[0.5, 2, 1.5, 3].slice(0, sample.classes).join('/')}`;
        const { loss, options } = parseEmbedding(spec);
        const { gradient } = loss.evaluate(set, options);
        const { central } = differences(set, spec);
        gradient.forEach((g, k) => {
          expect(g).toBeCloseTo(central[k] ?? 0, 6);
        });
      }),
      seeded(10),
    );
  });

  test('every loss is among the spellings', () => {
    expect(new Set(spellings.map((spec) => spec.split(':')[0]))).toEqual(new Set(embeddings.map(({ id }) => id)));
  });
});
