import { describe, expect, test } from 'vitest';
import type { Crew, NdArray, Take } from '../../src/core/index.ts';
import { report } from '../../src/index.ts';
import type { Order } from '../../src/measure/order.ts';
import { gatherOrder } from '../../src/measure/sweep.ts';
import { requestOf } from '../../src/options.ts';
import { runCase } from '../../src/pipeline.ts';
import { npy } from '../../src/readers/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { random } from '../_arrays.ts';
import { type Pair, pairs } from '../_pairs.ts';
import { encodeNpy } from '../readers/_encode-npy.ts';
import { memorySource } from '../readers/_memory.ts';

/** A crew that gathers the blocks in any order, each here or from a copy of the order as another thread gets it. */
function shuffling(seed: number): Crew & { readonly seen: { here: number; elsewhere: number } } {
  const next = random(seed);
  const seen = { here: 0, elsewhere: 0 };
  return {
    seen,
    share(order, count, _stretch, gather, take) {
      const found = new Map<number, readonly unknown[]>();
      const keep: Take = (block, gathered) => void found.set(block, structuredClone(gathered));
      const keys = Array.from({ length: count }, next);
      const shuffled = keys.map((_, block) => block).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      const mine = shuffled.filter(() => next() < 0.5);
      const others = shuffled.filter((block) => !mine.includes(block));
      seen.here += mine.length;
      seen.elsewhere += others.length;
      gatherOrder(structuredClone(order) as Order)(others, keep);
      gather(mine, keep);
      for (let block = 0; block < count; block++) take(block, found.get(block) ?? []);
    },
  };
}

const json = reporters.find(({ id }) => id === 'json');

async function read(parts: Pair['prediction']): Promise<NdArray> {
  return npy.read(memorySource(encodeNpy(parts)));
}

async function diagnosed({ prediction, target, options }: Pair, crew: Crew | null): Promise<string> {
  const named = { path: 'pred.npy', array: await read(prediction) };
  const truth = { path: 'mask.npy', array: await read(target) };
  const result = report([runCase('a case', named, truth, { ...requestOf(options), crew })]);
  return json?.render(result, { width: 80, colour: false, verbose: false, quiet: false }) ?? '';
}

describe('the report is the same to the last bit, whoever gathers the blocks and in whatever order', () => {
  test.each(pairs)('$name', async (pair) => {
    const alone = await diagnosed(pair, null);
    const crew = shuffling(1);
    for (let run = 0; run < 2; run++) expect(await diagnosed(pair, crew)).toBe(alone);
    expect(Math.min(crew.seen.here, crew.seen.elsewhere)).toBeGreaterThan(1);
  });
});
