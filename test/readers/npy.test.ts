import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DType, StoredArray, StoredNumbers } from '../../src/core/ndarray.ts';
import type { OpenSource } from '../../src/core/reader.ts';
import { npy } from '../../src/readers/npy.ts';
import { encodeNpy, type NpyParts } from './_encode-npy.ts';
import { listValues, memorySource, openSource, refusal } from './_memory.ts';

const halfPart = fc.integer({ min: -2047, max: 2047 }).map((whole) => whole / 64);
const VALUES: Readonly<Record<DType, fc.Arbitrary<number>>> = {
  bool: fc.integer({ min: 0, max: 1 }),
  int8: fc.integer({ min: -128, max: 127 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65535 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.maxSafeInteger(),
  uint64: fc.maxSafeNat(),
  float16: fc.oneof(halfPart, fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 65504, 2 ** -24)),
  float32: fc.float(),
  float64: fc.double(),
};

const files: fc.Arbitrary<Required<Omit<NpyParts, 'header'>>> = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(VALUES) as DType[])),
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    fortran: fc.boolean(),
    bigEndian: fc.boolean(),
    version: fc.constantFrom<(1 | 2 | 3)[]>(1, 2, 3),
  })
  .chain((parts) => {
    const length = parts.shape.reduce((product, axis) => product * axis, 1);
    return fc
      .array(VALUES[parts.dtype], { minLength: length, maxLength: length })
      .map((values) => ({ ...parts, values }));
  });

/** The array whose numbers stay in the source. */
async function leave(source: OpenSource): Promise<StoredArray> {
  if (npy.leave === undefined) throw new Error('.npy has its numbers at known places');
  return npy.leave(source);
}

describe('what is written is read', () => {
  test('for any type, shape, memory order, byte order and version', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (parts) => {
        const array = await npy.read(memorySource(encodeNpy(parts)));
        expect({ shape: array.shape, dtype: array.dtype }).toEqual({ shape: parts.shape, dtype: parts.dtype });
        // 64-bit integers are stored as doubles through BigInt, which has no -0.
        const values = parts.values.map((value) => (parts.dtype.startsWith('float') ? value : value + 0));
        expect(listValues(array)).toEqual(values);
      }),
      { numRuns: 400 },
    );
  });

  test('and read the same where the numbers are left in the file', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (parts) => {
        const source = openSource(encodeNpy(parts));
        const { data: left, ...rest } = await leave(source);
        const { data, ...same } = await npy.read(source);
        expect(rest).toEqual(same);
        const stored = left as StoredNumbers;
        const out = stored.room(data.length + 2);
        for (let at = 0; at < data.length; at += 3) stored.read(at, Math.min(3, data.length - at), out, at + 1);
        expect(out.subarray(1, -1)).toEqual(data);
      }),
      { numRuns: 400 },
    );
  });

  test('a file that becomes shorter is refused in one sentence', async () => {
    const file = encodeNpy({ values: [1, 2, 3, 4] });
    const source = openSource(file);
    const { data } = await leave(source);
    const stored = data as StoredNumbers;
    const cut = { ...source, fill: (into: Uint8Array, start: number) => source.fill(into.subarray(0, 4), start) };
    const left = await leave(cut);
    stored.read(0, 4, stored.room(4), 0);
    expect(() => (left.data as StoredNumbers).read(0, 4, stored.room(4), 0)).toThrow(
      /^pred\.npy gave 4 bytes of 16 bytes asked for at byte 128; it changed while it was read[^\n.]*$/,
    );
  });

  test('bytes that are no such number are refused where they are looked at', async () => {
    const bools = encodeNpy({ values: [0, 1, 1], dtype: 'bool' });
    bools[bools.length - 1] = 255;
    for (const [file, said] of [
      [bools, 'holds the byte 255 at element 2;'],
      [encodeNpy({ values: [5, 6, 2 ** 53], dtype: 'int64' }), 'at element 2;'],
    ] as const) {
      const stored = (await leave(openSource(file))).data as StoredNumbers;
      stored.read(0, 2, stored.room(2), 0);
      expect(() => stored.read(1, 2, stored.room(2), 0)).toThrow(said);
    }
  });

  test('cut anywhere, any file is refused in one sentence', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (parts, share) => {
        const file = encodeNpy(parts);
        await refusal(npy, file.slice(0, Math.floor(share * file.length)));
      }),
    );
  });

  test('Fortran order is a view: the strides differ, the bytes stay where they are', async () => {
    const file = encodeNpy({ values: [1, 2, 3, 4, 5, 6], shape: [2, 3], fortran: true });
    const array = await npy.read(memorySource(file));
    expect(array.strides).toEqual([1, 2]);
    expect([...array.data]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(array.data.buffer).toBe(file.buffer);
  });

  test('a source that gives a view at an odd address is copied instead', async () => {
    const file = encodeNpy({ values: [1, 2, 3] });
    const odd = new Uint8Array(file.length + 1).subarray(1);
    odd.set(file);
    expect(listValues(await npy.read(memorySource(odd)))).toEqual([1, 2, 3]);
  });

  test('values are put together right across the steps of a large file', async () => {
    const count = 9_000_000;
    const file = encodeNpy({
      dtype: 'uint16',
      header: `{'descr': '>u2', 'fortran_order': False, 'shape': (${count},)}`,
    });
    const whole = new Uint8Array(file.length + 2 * count);
    whole.set(file);
    const view = new DataView(whole.buffer);
    for (let i = 0; i < count; i++) view.setUint16(file.length + 2 * i, i % 65_521);
    const { data } = await npy.read(memorySource(whole));
    expect(data.findIndex((value: number, i: number) => value !== i % 65_521)).toBe(-1);
  });

  test('a file of more than one part is put together, and never asked for in larger parts', async () => {
    const count = 256 * 1024 * 1024 + 7;
    const header = encodeNpy({ header: `{'descr': '|u1', 'fortran_order': False, 'shape': (${count},)}` });
    const size = header.length + count;
    const asked: number[] = [];
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      if (start < header.length) return header.slice(start, end);
      asked.push(end - start);
      return new Uint8Array(end - start).fill(asked.length);
    };
    const { data } = await npy.read({ name: 'large.npy', size, read });
    expect(asked.reduce((sum, length) => sum + length, 0)).toBe(count);
    expect(Math.max(...asked)).toBeLessThanOrEqual(256 * 1024 * 1024);
    const firstOfParts = asked.map((_, i) => data[asked.slice(0, i).reduce((sum, length) => sum + length, 0)]);
    expect(firstOfParts).toEqual(asked.map((_, i) => i + 1));
    expect([data.length, data.at(-1)]).toEqual([count, asked.length]);
  });

  test('the largest exact 64-bit integers are read, the next are not', async () => {
    const edge = Number.MAX_SAFE_INTEGER;
    const array = await npy.read(memorySource(encodeNpy({ values: [edge, -edge], dtype: 'int64' })));
    expect([...array.data]).toEqual([edge, -edge]);
    for (const value of [2 ** 53, -(2 ** 53), 2 ** 63 - 1024, -(2 ** 63)]) {
      expect(await refusal(npy, encodeNpy({ values: [5, value], dtype: 'int64' }))).toContain('at element 1;');
    }
    expect(await refusal(npy, encodeNpy({ values: [2 ** 64 - 2048], dtype: 'uint64' }))).toContain('at element 0;');
  });
});

describe('headers that are refused', () => {
  const header = (descr: string, shape = '(2, 2)', order = 'False'): string =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

  test.each([
    ['objects', header("'|O'"), 'Python objects (pickled), which are never unpickled'],
    ['records', header("[('a', '<f4'), ('b', '|u1')]"), 'records with named fields'],
    ['complex numbers', header("'<c16'"), 'complex numbers'],
    ['byte strings', header("'|S5'"), 'text; save class numbers'],
    ['strings', header("'<U5'"), 'text; save class numbers'],
    ['dates', header("'<M8[ns]'"), 'dates'],
    ['time differences', header("'<m8[s]'"), 'time differences'],
    ['bfloat16', header("'<V2'"), 'bfloat16'],
    ['long doubles', header("'<f16'"), 'floats of a width that is not read'],
    ['an unknown kind', header("'<q8'"), 'no numbers that are known'],
    ['a missing byte order', header("'f4'"), 'without a byte order'],
    ['a native byte order', header("'=f4'"), 'without a byte order'],
    ['a negative length', header("'<f4'", '(-2, 2)'), 'shape contains -2'],
    ['a broken length', header("'<f4'", '(2.5, 2)'), 'shape contains 2.5'],
    ['a length beyond 2^53', header("'<f4'", '(9007199254740993, 1)'), 'shape contains 9007199254740992'],
    ['a length that is no number', header("'<f4'", "('a', 1)"), 'shape contains "a"'],
    ['a product beyond 2^53', header("'|u1'", '(134217728, 134217728)'), 'impossible shape'],
    ['a product beyond 2^53 beside a zero', header("'|u1'", '(0, 134217728, 134217728)'), 'impossible shape'],
    [
      'a shape larger than the file',
      header("'<f8'", '(1000000, 1000000)'),
      'ends after 0 of the 8,000,000,000,000 bytes',
    ],
    ['a shape that is no tuple', header("'<f4'", 'None'), 'shape is not a tuple'],
    ['too many axes', header("'<f4'", `(${'1, '.repeat(65)})`), 'a shape of 65 axes'],
    ['an order that is no boolean', header("'<f4'", '(2, 2)', '1'), 'neither True nor False'],
    ['a missing key', "{'descr': '<f4', 'shape': (2,)}", 'a header with descr, shape'],
    [
      'an extra key',
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}",
      'descr, fortran_order, shape, x',
    ],
    ['a key given twice', "{'descr': '<f4', 'descr': '<f8'}", 'no second "descr"'],
    ['something that is no dictionary', "('<f4', False, (2,))", 'a header with no dictionary'],
    ['nothing', '', 'not a Python dictionary'],
    ['an expression', "{'descr': '<f4', 'fortran_order': False, 'shape': (2*2,)}", 'expected "," or ")" at character'],
    ['a call', "{'descr': __import__('os')}", 'expected a value at character 11'],
    ['an open dictionary', "{'descr': '<f4', ", 'not a Python dictionary'],
    ['an open string', "{'descr: 4}", 'expected a key in quotes'],
    ['text after the dictionary', `${header("'<f4'")} 7`, 'expected nothing more'],
    ['hostile nesting', '('.repeat(5000), 'expected less nesting'],
  ])('%s', async (_, text, said) => {
    expect(await refusal(npy, encodeNpy({ header: text }))).toContain(said);
  });

  test('the long integers of Python 2, brackets and other spacing are understood', async () => {
    const file = encodeNpy({ values: [1, 2], header: `{"shape":[2L,1L],"fortran_order":True,"descr":"<f4"}` });
    expect((await npy.read(memorySource(file))).shape).toEqual([2, 1]);
  });

  test.each([
    [0, 0],
    [1, 1],
    [4, 0],
  ])('version %i.%i', async (major, minor) => {
    const file = encodeNpy({ values: [1] });
    file.set([major, minor], 6);
    expect(await refusal(npy, file)).toContain(`is .npy version ${major}.${minor}; versions 1.0, 2.0 and 3.0`);
  });

  test('a header that would need gigabytes', async () => {
    const file = encodeNpy({ values: [1], version: 2 });
    new DataView(file.buffer).setUint32(8, 0xffff_ffff, true);
    expect(await refusal(npy, file)).toContain('announces a header of 4,294,967,295 bytes');
  });

  test('another format', async () => {
    expect(await refusal(npy, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toContain('signature of a .npy file');
  });

  test('a bool that is neither 0 nor 1', async () => {
    const file = encodeNpy({ values: [0, 1, 1], dtype: 'bool' });
    file[file.length - 1] = 255;
    expect(await refusal(npy, file)).toContain('holds the byte 255 at element 2; a bool is 0 or 1');
  });
});

describe('sources that misbehave', () => {
  test('a file that becomes shorter while it is read is refused', async () => {
    const file = encodeNpy({ values: [1, 2, 3, 4] });
    const shrinking = {
      ...memorySource(file),
      read: async (start: number, end: number) => file.slice(start, Math.min(end, 130)),
    };
    await expect(npy.read(shrinking)).rejects.toThrow('it changed while it was read');
  });

  test('an array too large for memory is refused, and nothing is read for it', async () => {
    const count = 2 ** 43;
    const file = encodeNpy({ header: `{'descr': '<f2', 'fortran_order': False, 'shape': (${count},)}` });
    const huge = { ...memorySource(file), size: file.length + 2 * count };
    await expect(npy.read(huge)).rejects.toThrow('holds 8,796,093,022,208 values, more than fit into memory here');
  });
});
