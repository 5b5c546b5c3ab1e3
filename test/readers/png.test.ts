import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { png } from '../../src/readers/png.ts';
import { channelsOf, encodePng, filteredRows, PNG_SIGNATURE, type PngParts, pngChunk } from './_encode-png.ts';
import { listValues, memorySource, refusal } from './_memory.ts';

const KINDS: readonly (readonly [colourType: number, depth: number])[] = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
];

const pictures = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 19 }),
    interlaced: fc.boolean(),
    filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }),
    cut: fc.integer({ min: 1, max: 200 }),
    seed: fc.integer(),
  })
  .map(({ kind: [colourType, depth], seed, ...rest }) => {
    const count = rest.width * rest.height * channelsOf(colourType);
    const samples = Array.from({ length: count }, (_, i) => (Math.imul(seed ^ i, 2654435761) >>> 9) % 2 ** depth);
    return { ...rest, colourType, depth, samples };
  });

const small: PngParts & { samples: number[] } = {
  width: 5,
  height: 3,
  depth: 8,
  colourType: 0,
  samples: Array.from({ length: 15 }, (_, i) => i),
};

describe('what is written is read', () => {
  test('for any colour type, depth, filter, interlacing and division into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const array = await png.read(memorySource(encodePng(picture)));
        const { width, height, colourType, depth, samples } = picture;
        const channels = channelsOf(colourType);
        expect(array.shape).toEqual(channels === 1 ? [height, width] : [height, width, channels]);
        expect(array.dtype).toBe(depth === 16 ? 'uint16' : 'uint8');
        expect(listValues(array)).toEqual(samples);
        expect(array.hints.palette?.length).toBe(colourType === 3 ? 2 ** depth : undefined);
      }),
      { numRuns: 400 },
    );
  });

  test('the decoder and the encoder of fast-png agree on whole-byte samples', async () => {
    await fc.assert(
      fc.asyncProperty(
        pictures.filter(({ depth }) => depth >= 8),
        async ({ width, height, depth, colourType, samples, ...rest }) => {
          const channels = channelsOf(colourType) as 1 | 2 | 3 | 4;
          const data = depth === 16 ? Uint16Array.from(samples) : Uint8Array.from(samples);
          const written = encode({ width, height, channels, depth: depth as 8 | 16, data });
          expect(listValues(await png.read(memorySource(written)))).toEqual(samples);
          const file = encodePng({ width, height, depth, colourType, samples, ...rest });
          expect([...decode(file, { checkCrc: true }).data]).toEqual(listValues(await png.read(memorySource(file))));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('transparency, gamma, resolution and unknown optional chunks change nothing', async () => {
    const extra = ['tRNS', 'gAMA', 'pHYs', 'iCCP', 'tEXt', 'zzZz'].map((type) =>
      pngChunk(type, Uint8Array.of(0, 0, 0)),
    );
    expect(listValues(await png.read(memorySource(encodePng({ ...small, extra }))))).toEqual(small.samples);
  });

  test('an index without a colour is kept, since it is a label all the same', async () => {
    const file = encodePng({ ...small, colourType: 3, samples: [...small.samples.slice(1), 255] });
    const plte = pngChunk('PLTE', Uint8Array.of(1, 2, 3));
    const at = Buffer.from(file).indexOf('PLTE') - 4;
    const array = await png.read(
      memorySource(Buffer.concat([file.subarray(0, at), plte, file.subarray(at + 12 + 768)])),
    );
    expect(array.hints.palette).toEqual([[1, 2, 3]]);
    expect(listValues(array).at(-1)).toBe(255);
  });
});

describe('damage is refused', () => {
  const rows = filteredRows(small);
  const stream = deflateSync(rows);
  const wrongSum = Uint8Array.from(stream, (byte, i) => (i === stream.length - 1 ? byte ^ 1 : byte));

  test.each<[string, Partial<PngParts>, string]>([
    ['rows that stop half way', { rows: rows.subarray(0, rows.length - 2) }, 'decompresses to 16 of 18 bytes'],
    ['rows that go on', { rows: new Uint8Array([...rows, 0]) }, 'decompresses to more than 18 bytes'],
    ['a wrong checksum of the rows', { stream: wrongSum }, 'cannot be decompressed'],
    ['a stream cut short', { stream: stream.subarray(0, stream.length - 5) }, 'cannot be decompressed'],
    ['a stream of something else', { stream: Buffer.from('hello, world') }, 'cannot be decompressed'],
    ['an empty stream', { stream: new Uint8Array(0) }, '0 bytes of compressed data, too little for the 18'],
    [
      'a filter of no kind',
      { rows: Uint8Array.from(rows, (byte, i) => (i === 6 ? 9 : byte)) },
      'row filter 9 in row 1',
    ],
    ['an unknown chunk that is needed', { extra: [pngChunk('ABCD', rows)] }, 'unknown chunk ABCD'],
    ['a second header', { extra: [pngChunk('IHDR', rows)] }, 'has IHDR where'],
    ['a chunk without a name', { extra: [pngChunk('\0\0\0\0', rows)] }, 'no chunk where one must start, at byte 33'],
    ['an animation', { extra: [pngChunk('acTL', new Uint8Array(8))] }, 'animated PNG'],
    ['a depth of no kind', { depth: 5 }, 'colour type 0 with 5 bits'],
    ['a depth that the colour type does not have', { colourType: 2, depth: 4 }, 'colour type 2 with 4 bits'],
    ['a colour type of no kind', { colourType: 5 }, 'colour type 5 with 8 bits'],
    ['no width', { width: 0, rows }, 'is 0 x 3 pixels'],
  ])('%s', async (_, change, said) => {
    expect(await refusal(png, encodePng({ ...small, ...change }), 'mask.png')).toContain(said);
  });

  test('a header of another length, and other methods', async () => {
    const wrap = (ihdr: number[]): Uint8Array =>
      Buffer.concat([
        PNG_SIGNATURE,
        pngChunk('IHDR', Uint8Array.from(ihdr)),
        pngChunk('IDAT', stream),
        pngChunk('IEND', Buffer.of()),
      ]);
    expect(await refusal(png, wrap([1, 2, 3]))).toContain('a header of 3 bytes instead of 13');
    expect(await refusal(png, wrap([0, 0, 0, 5, 0, 0, 0, 3, 8, 0, 1, 0, 0]))).toContain(
      'compression 1, filter 0, interlace 0',
    );
    expect(await refusal(png, wrap([0, 0, 0, 5, 0, 0, 0, 3, 8, 0, 0, 0, 2]))).toContain('interlace 2');
  });

  test('a picture without a single data chunk', async () => {
    const ihdr = Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 3, 8, 0, 0, 0, 0);
    const file = Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', ihdr), pngChunk('IEND', Buffer.of())]);
    expect(await refusal(png, file)).toContain('holds no picture data');
  });

  test('a palette picture without a palette, or with too many colours', async () => {
    const file = encodePng({ ...small, colourType: 3 });
    const at = Buffer.from(file).indexOf('PLTE') - 4;
    const replace = (chunk: Uint8Array): Uint8Array =>
      Buffer.concat([file.subarray(0, at), chunk, file.subarray(at + 12 + 768)]);
    expect(await refusal(png, replace(Buffer.of()))).toContain('a palette of 0 bytes');
    expect(await refusal(png, replace(pngChunk('PLTE', new Uint8Array(771))))).toContain('a palette of 771 bytes');
    expect(await refusal(png, replace(pngChunk('PLTE', new Uint8Array(4))))).toContain('a palette of 4 bytes');
  });
});

describe('sizes are held against the file before anything is allocated', () => {
  test('more than 2^31 values are refused', async () => {
    const file = encodePng({ ...small, width: 2 ** 16, height: 2 ** 16, rows: new Uint8Array(9) });
    expect(await refusal(png, file)).toContain('says it is 65,536 x 65,536 pixels x 1; at most 2,147,483,648');
  });

  test('a size that so few bytes cannot hold is refused', async () => {
    const file = encodePng({ ...small, width: 40_000, height: 40_000, rows: new Uint8Array(9) });
    expect(await refusal(png, file)).toContain('too little for the 1,600,040,000 that its header promises');
  });

  test('a stream that swells far beyond the picture is given up at once', async () => {
    const file = encodePng({ ...small, rows: new Uint8Array(50_000_000) });
    expect(await refusal(png, file)).toContain('decompresses to more than 18 bytes');
  });
});
