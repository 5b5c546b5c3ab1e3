import { type Hints, type NdArray, ndarray } from '../core/ndarray.ts';
import type { ByteSource } from '../core/reader.ts';
import { allocate, readPart, readRun } from './_bytes.ts';
import { inflateExactly } from './_inflate.ts';
import { counted, refuse } from './_message.ts';
import { walkChunks } from './_png-chunks.ts';
import { type PngHeader, parsePngHeader } from './_png-header.ts';
import { passesOf, streamBytes } from './_png-passes.ts';
import { type Samples, scatter, unpack } from './_png-samples.ts';
import { hasPngSignature, PNG_SIGNATURE } from './_png-signature.ts';
import { unfilter } from './_png-unfilter.ts';

/** Larger than any picture that may be read would be. */
const LARGEST_FILE = 2 ** 32;

/** Reads a PNG picture: see the member `png`, which loads this file with the first picture. */
export async function readPng(source: ByteSource): Promise<NdArray> {
  const { name, size } = source;
  if (!hasPngSignature(await readPart(source, 0, Math.min(size, PNG_SIGNATURE.length)))) {
    refuse(name, 'does not start with the signature of a PNG file; save it as a PNG');
  }
  if (size > LARGEST_FILE)
    refuse(name, `has ${counted(size, 'byte')}; a PNG of at most 4 GiB can be read, so cut it into tiles`);
  const { ihdr, plte, idat } = walkChunks(name, await readRun(source, 0, size));
  const header = parsePngHeader(name, ihdr);
  const hints: Hints = { format: 'png', container: 'image' };
  if (header.isPalette) hints.palette = parsePalette(name, plte);
  const shape = [header.height, header.width, ...(header.channels > 1 ? [header.channels] : [])];
  return ndarray(await decode(name, header, idat), shape, header.depth === 16 ? 'uint16' : 'uint8', hints);
}

async function decode(name: string, header: PngHeader, idat: readonly Uint8Array[]): Promise<Samples> {
  const { width, height, channels, depth } = header;
  const passes = passesOf(header);
  const stream = await inflateExactly(name, idat, streamBytes(passes));
  const distance = Math.max(1, (depth * channels) / 8);
  const count = width * height * channels;
  const picture = header.isInterlaced
    ? allocate(name, count, (length) => (depth === 16 ? new Uint16Array(length) : new Uint8Array(length)))
    : undefined;
  let start = 0;
  let samples: Samples = stream;
  for (const pass of passes) {
    samples = unpack(unfilter(name, stream, start, pass, distance), pass, depth);
    if (picture) scatter(samples, picture, pass, header);
    start += pass.height * (pass.rowBytes + 1);
  }
  return picture ?? samples;
}

/** PNG 11.2.2: one to 256 colours. An index without a colour is kept: it is a label all the same. */
function parsePalette(name: string, plte: Uint8Array | undefined): [number, number, number][] {
  const length = plte?.length ?? 0;
  if (plte === undefined || length === 0 || length % 3 !== 0 || length > 768) {
    return refuse(
      name,
      `has a palette of ${counted(length, 'byte')}; 3 for each of 1-256 colours are allowed, so export it again`,
    );
  }
  return Array.from({ length: length / 3 }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = plte.subarray(3 * i);
    return [red, green, blue];
  });
}
