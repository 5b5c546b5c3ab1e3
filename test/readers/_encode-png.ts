import { crc32, deflateSync } from 'node:zlib';

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced?: boolean;
  /** Row after row, channel fastest. */
  readonly samples?: readonly number[];
  /** Row filters, used in turn. */
  readonly filters?: readonly number[];
  /** Bytes per IDAT chunk. */
  readonly cut?: number;
  /** Replaces the filtered rows before they are compressed. */
  readonly rows?: Uint8Array;
  /** Replaces the compressed stream. */
  readonly stream?: Uint8Array;
  /** Chunks between IHDR and IDAT; a palette of 2^depth colours is added by itself. */
  readonly extra?: readonly Uint8Array[];
}

export const PNG_SIGNATURE: Uint8Array = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pass of each pixel of an 8 x 8 block, as the figure of PNG 8.2 draws it. */
const ADAM7 = ['16462646', '77777777', '56565656', '77777777', '36463646', '77777777', '56565656', '77777777'];

export function channelsOf(colourType: number): number {
  return CHANNELS[colourType] ?? 0;
}

/** One chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG file, written without any of the code under test. */
export function encodePng(parts: PngParts): Uint8Array {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(parts.width, 0);
  ihdr.writeUInt32BE(parts.height, 4);
  ihdr.set([parts.depth, parts.colourType, 0, 0, parts.interlaced ? 1 : 0], 8);
  const palette = parts.colourType === 3 ? [pngChunk('PLTE', new Uint8Array(3 * 2 ** parts.depth).fill(7))] : [];
  const stream = parts.stream ?? deflateSync(parts.rows ?? filteredRows(parts));
  const cut = parts.cut ?? 8192;
  const idat = Array.from({ length: Math.max(1, Math.ceil(stream.length / cut)) }, (_, i) =>
    pngChunk('IDAT', stream.subarray(i * cut, (i + 1) * cut)),
  );
  const end = pngChunk('IEND', new Uint8Array(0));
  return Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', ihdr), ...(parts.extra ?? []), ...palette, ...idat, end]);
}

/** The rows as they are compressed: pass by pass, each with its filter byte. */
export function filteredRows(parts: PngParts): Uint8Array {
  const { width, height, depth, interlaced, samples = [], filters = [0] } = parts;
  const channels = channelsOf(parts.colourType);
  const distance = Math.max(1, (channels * depth) / 8);
  const bytes: number[] = [];
  let count = 0;
  for (const pass of interlaced ? '1234567' : ' ') {
    let above: number[] = [];
    for (let y = 0; y < height; y++) {
      const columns = Array.from({ length: width }, (_, x) => x).filter(
        (x) => pass === ' ' || ADAM7[y % 8]?.[x % 8] === pass,
      );
      if (columns.length === 0) continue;
      const row = pack(
        columns.flatMap((x) => samples.slice((y * width + x) * channels, (y * width + x + 1) * channels)),
        depth,
      );
      const filter = filters[count++ % filters.length] ?? 0;
      bytes.push(filter, ...applyFilter(filter, row, above, distance));
      above = row;
    }
  }
  return Uint8Array.from(bytes);
}

function pack(samples: readonly number[], depth: number): number[] {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

function applyFilter(filter: number, row: readonly number[], above: readonly number[], distance: number): number[] {
  return row.map((value, i) => {
    const a = row[i - distance] ?? 0;
    const b = above[i] ?? 0;
    const c = above[i - distance] ?? 0;
    const [nearest = 0] = [a, b, c].sort((p, q) => Math.abs(a + b - c - p) - Math.abs(a + b - c - q)); // stable: a, b, c
    return (value - ([0, a, b, (a + b) >> 1, nearest][filter] ?? 0)) & 255;
  });
}
