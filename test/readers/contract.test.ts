import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { NdArray } from '../../src/core/ndarray.ts';
import type { Reader } from '../../src/core/reader.ts';
import * as readers from '../../src/readers/index.ts';
import { listValues, memorySource, refusal } from './_memory.ts';

/** What `fixtures/formats/<reader>/expected.json` says of one file. Numbers that JSON lacks are strings. */
interface Expected {
  readonly error?: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly first: readonly (number | string)[];
  readonly last: readonly (number | string)[];
  /** Of the finite values. */
  readonly sum: number;
  readonly nan?: number;
  readonly infinite?: number;
  readonly counts?: Readonly<Record<string, number>>;
  /** The first colours. */
  readonly palette?: readonly (readonly number[])[];
}

const folder = fileURLToPath(new URL('../../fixtures/formats/', import.meta.url));
const SPELLED: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

function fixturesOf(reader: Reader): [string, Expected][] {
  return Object.entries(JSON.parse(readFileSync(`${folder}${reader.id}/expected.json`, 'utf8')));
}

function load(reader: Reader, file: string): Uint8Array {
  return new Uint8Array(readFileSync(`${folder}${reader.id}/${file}`));
}

function summarize(array: NdArray, { counts, palette, first, last }: Expected): Expected {
  const values = listValues(array);
  const summary: { -readonly [Key in keyof Expected]?: unknown } = {
    shape: array.shape,
    dtype: array.dtype,
    first: values.slice(0, first.length),
    last: values.slice(values.length - last.length),
    sum: values.filter(Number.isFinite).reduce((sum, value) => sum + value, 0),
    nan: values.filter(Number.isNaN).length,
    infinite: values.filter((value) => Math.abs(value) === Infinity).length,
  };
  if (counts) {
    const found = new Map<number, number>();
    for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
    summary.counts = Object.fromEntries(found);
  }
  if (palette) summary.palette = array.hints.palette?.slice(0, palette.length);
  return summary as unknown as Expected;
}

describe.each(Object.values(readers))('reader $id', (reader) => {
  const fixtures = fixturesOf(reader);
  const sound = fixtures.filter(([, expected]) => expected.error === undefined).map(([file]) => file);
  const others = readdirSync(folder).filter((id) => id !== reader.id && existsSync(`${folder}${id}/expected.json`));

  test.each(fixtures.filter(([, { error }]) => error === undefined))('reads %s exactly', async (file, expected) => {
    const bytes = load(reader, file);
    expect(reader.sniff(bytes.subarray(0, 512))).toBe(true);
    const array = await reader.read(memorySource(bytes, file));
    const spelled = (values: readonly (number | string)[]) => values.map((value) => SPELLED[value] ?? value);
    const { first, last, sum } = expected;
    expect(summarize(array, expected)).toEqual({
      ...{ nan: 0, infinite: 0 },
      ...expected,
      ...{ first: spelled(first), last: spelled(last), sum: expect.closeTo(sum, 8) },
    });
    expect(array.hints.format).toBe(reader.id);
  });

  test.each(fixtures.filter(([, { error }]) => error !== undefined))('refuses %s', async (file, { error }) => {
    expect(await refusal(reader, load(reader, file), file)).toContain(error);
  });

  test('has sound files to be tested with, and lists every file', () => {
    expect(sound.length).toBeGreaterThan(2);
    const present = readdirSync(`${folder}${reader.id}`).filter((file) => file !== 'expected.json');
    expect(fixtures.map(([file]) => file).sort()).toEqual(present.sort());
  });

  test.each(sound)('refuses %s cut at every 7th byte', async (file) => {
    const bytes = load(reader, file);
    for (let length = 0; length < bytes.length; length += 7) await refusal(reader, bytes.slice(0, length));
  });

  test.each(sound)('refuses %s with bytes after its end', async (file) => {
    for (const extra of [1, 8, 4096]) {
      const longer = new Uint8Array([...load(reader, file), ...new Uint8Array(extra)]);
      await refusal(reader, longer);
    }
  });

  test.each(sound)('reads %s with one byte changed, or refuses it in one sentence', async (file) => {
    const bytes = load(reader, file);
    for (let at = 0; at < Math.min(bytes.length, 400); at += 3) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const outcome = await reader.read(memorySource(damaged)).catch(() => refusal(reader, damaged));
      expect(outcome).toBeDefined();
    }
  });

  test.each(sound)('reads %s the same from any place in a larger buffer', async (file) => {
    const bytes = load(reader, file);
    const shifted = new Uint8Array(bytes.length + 5).subarray(5);
    shifted.set(bytes);
    const [one, other] = await Promise.all([bytes, shifted].map((copy) => reader.read(memorySource(copy))));
    expect(other && listValues(other)).toEqual(one && listValues(one));
  });

  test.skipIf(others.length === 0)('claims no file of another reader', () => {
    for (const id of others) {
      for (const file of readdirSync(`${folder}${id}`)) {
        expect([file, reader.sniff(new Uint8Array(readFileSync(`${folder}${id}/${file}`)).subarray(0, 512))]).toEqual([
          file,
          false,
        ]);
      }
    }
  });
});
