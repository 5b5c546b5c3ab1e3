import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Crew } from '../../src/core/crew.ts';
import { InputError, UsageError } from '../../src/core/errors.ts';
import { ndarray } from '../../src/core/ndarray.ts';
import { withArrays } from '../../src/host/files.ts';
import { alone, helpersFor, type Terms, termsOf } from '../../src/host/terms.ts';
import { report } from '../../src/index.ts';
import { requestOf } from '../../src/options.ts';
import { runCase } from '../../src/pipeline.ts';
import { reporters } from '../../src/reporters/index.ts';
import { type Pair, pairs } from '../_pairs.ts';
import { encodeNpy } from '../readers/_encode-npy.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossprobe-crew-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** So many threads for files of any size. */
function always(most: number): Terms {
  const program = new URL('../../dist/host/worker.js', import.meta.url);
  return { ...alone, most, pace: { number: 1, pixel: 0 }, pays: 0, small: 0, program };
}

function written(name: string, parts: Pair['prediction']): string {
  const path = join(folder, `${name}.npy`);
  writeFileSync(path, encodeNpy(parts));
  return path;
}

const json = reporters.find(({ id }) => id === 'json');

/** The report as JSON; `led` may come between the run and the crew. */
async function diagnosed(
  { prediction, target, options }: Pair,
  threads: number,
  led = (crew: Crew): Crew => crew,
): Promise<string> {
  const paths = [written('prediction', prediction), written('target', target)] as const;
  const run = withArrays(
    paths,
    ([own, truth], crew) => {
      expect(crew === null).toBe(threads === 1);
      return report([runCase('a case', own, truth, { ...requestOf(options), crew: crew && led(crew) })]);
    },
    always(threads),
  );
  return json?.render(await run, { width: 80, colour: false, verbose: false, quiet: false }) ?? '';
}

/** A crew whose first thread draws nothing and waits for the others; what they do not deliver is counted. */
function leftToOthers(seen: { blocks: number; here: number }): (crew: Crew) => Crew {
  return (crew) => ({
    share(order, count, stretch, gather, take) {
      seen.blocks += count;
      let waiting = false;
      crew.share(
        order,
        count,
        stretch,
        (blocks, arrive) => {
          if (waiting) {
            const missing = [...blocks];
            seen.here += missing.length;
            gather(missing, arrive);
          }
          waiting = true;
        },
        take,
      );
    },
  });
}

describe('the JSON report is the same byte for byte with 1, 2, 3 and 7 threads', () => {
  test.each(pairs)(
    '$name',
    async (pair) => {
      const one = await diagnosed(pair, 1);
      for (const threads of [2, 3, 7]) expect(await diagnosed(pair, threads)).toBe(one);
    },
    90_000,
  );

  test('also where other threads gather every block', async () => {
    const pair = pairs[1] as Pair;
    const seen = { blocks: 0, here: 0 };
    expect(await diagnosed(pair, 3, leftToOthers(seen))).toBe(await diagnosed(pair, 1));
    expect(seen.blocks).toBeGreaterThan(4);
    // What takes longer than a second to come is gathered here after all.
    expect(seen.here).toBeLessThan(seen.blocks);
  });
});

test('a file that is cut off while it is worked on gives one sentence, whichever thread meets it', async () => {
  const shape = [3, 800, 800];
  const header = encodeNpy({ header: `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')})}` });
  const values = Float32Array.from({ length: 3 * 640_000 }, (_, k) => Math.sin(k));
  const path = join(folder, 'long.npy');
  const mask = written('mask', { values: Array.from({ length: 640_000 }, (_, k) => (k >> 8) % 3), shape: [800, 800] });
  const cut = (crew: Crew): Crew => ({
    share(...order) {
      truncateSync(path, 3_000_000);
      crew.share(...order);
    },
  });
  const seen = { blocks: 0, here: 0 };
  for (const led of [cut, (crew: Crew) => cut(leftToOthers(seen)(crew))]) {
    writeFileSync(path, Buffer.concat([header, new Uint8Array(values.buffer)]));
    const run = withArrays(
      [path, mask],
      ([own, truth], crew) => runCase('a case', own, truth, { ...requestOf({}), crew: crew && led(crew) }),
      always(3),
    );
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(/^[^\n]*long\.npy [^\n]+$/);
  }
  expect(seen.here).toBeGreaterThan(0);
});

test('distances that other threads fail on are finished here', async () => {
  const pair = pairs.find(({ name }) => name.includes('distances')) as Pair;
  const seen = { blocks: 0, here: 0 };
  let distances = 0;
  const spoilt = (crew: Crew): Crew => ({
    share(order, ...rest) {
      const { begun } = order as { begun?: readonly object[] };
      if (begun !== undefined) distances++;
      crew.share(begun === undefined ? order : { begun: begun.map((it) => ({ ...it, labels: null })) }, ...rest);
    },
  });
  const led = (crew: Crew): Crew => leftToOthers(seen)(spoilt(crew));
  // One thread for each of the four blocks, and some to spare.
  expect(await diagnosed(pair, 7, led)).toBe(await diagnosed(pair, 1));
  expect(distances).toBeGreaterThan(0);
  expect(seen.here).toBeGreaterThanOrEqual(4 * distances);
});

test('a thread that cannot start is not waited for', async () => {
  const pair = pairs[3] as Pair;
  const terms = { ...always(3), program: new URL('no-such-program.js', import.meta.url) };
  const paths = [written('prediction', pair.prediction), written('target', pair.target)] as const;
  const run = withArrays(
    paths,
    ([own, truth], crew) => runCase('a case', own, truth, { ...requestOf(pair.options), crew }),
    terms,
  );
  expect((await run).losses.length).toBeGreaterThan(0);
});

describe('as many threads are started as pay', () => {
  const stored = (count: number) => {
    const { data: _, ...facts } = ndarray(new Float32Array(0), [0], 'float32');
    const room = (n: number): Float32Array => new Float32Array(n);
    const fits = (out: unknown): boolean => out instanceof Float32Array;
    return { ...facts, shape: [count], data: { length: count, room, fits, read: (): void => {} } };
  };
  const terms = { ...alone, most: 4, pace: { number: 5, pixel: 5 }, pays: 0.5 };

  test('none for less than half a second of work, and never more than allowed', () => {
    const helpers = [49e6, 50e6, 149e6, 150e6, 1e9].map((count) => helpersFor([stored(count)], terms));
    expect(helpers).toEqual([0, 1, 2, 3, 3]);
    expect(helpersFor([stored(1e9)], { ...terms, most: 1 })).toBe(0);
  });

  test('and for less work where they were asked for', () => {
    const [asked, unasked] = [2, undefined].map((threads) =>
      helpersFor([stored(20e6), stored(1e6)], termsOf(threads, 'everything')),
    );
    expect([asked, unasked]).toEqual([1, 0]);
  });

  test('none where a large array is in memory, which would have to be copied', () => {
    const inMemory = ndarray(new Uint8Array(alone.small + 1), [alone.small + 1], 'uint8');
    expect(helpersFor([stored(1e9), inMemory], terms)).toBe(0);
    expect(helpersFor([stored(1e9), ndarray(new Uint8Array(9), [9], 'uint8')], terms)).toBe(3);
  });

  test('--threads is a whole number from 1, more than there are cores if need be', () => {
    expect(termsOf(64, 'values').most).toBe(64);
    expect(termsOf(undefined, 'values').most).toBeLessThanOrEqual(4);
    for (const wrong of [0, -1, 1.5, Number.NaN, Infinity]) expect(() => termsOf(wrong, 'values')).toThrow(UsageError);
    expect(() => termsOf(0, 'values')).toThrow('--threads 0 is not a whole number from 1');
  });
});
