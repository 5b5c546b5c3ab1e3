// Without node:fs/promises, whose threads take longer to start than a small file to read.
import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import type { Crew } from '../core/crew.ts';
import { InputError } from '../core/errors.ts';
import type { NdArray, StoredArray, StoredNumbers } from '../core/ndarray.ts';
import type { ByteSource, OpenSource, Reader } from '../core/reader.ts';
import * as readers from '../readers/index.ts';
import type { HiredCrew } from './crew.ts';
import { displayName, fileError } from './file-errors.ts';
import type { LeftFile } from './lot.ts';
import { readStandardInput } from './standard-input.ts';
import { alone, helpersFor, type Terms } from './terms.ts';

/** An input that must be closed. */
export interface OpenFile extends ByteSource {
  /** Missing for standard input, which is in memory. */
  readonly open?: { readonly fill: OpenSource['fill']; readonly descriptor: number };
  close(): Promise<void>;
}

/** An array and the path of its file. */
export interface OpenedArray {
  readonly path: string;
  readonly array: StoredArray;
}

/** The readers that need no Node. */
const knownReaders: readonly Reader[] = Object.values(readers);

/** Bytes that a reader's `sniff` is shown. */
const HEAD = 512;

/**
 * Opens a file for reading by position; `-` is standard input, read to its end.
 * @throws InputError when there is no regular, readable, non-empty file of that name.
 */
export async function openFile(path: string): Promise<OpenFile> {
  if (path === '-') return { ...(await readStandardInput()), close: async () => {} };
  const name = displayName(path);
  const found = attempt(path, () => statSync(path)); // before open: opening a pipe would wait for a writer
  const objection = objectionTo(found);
  if (objection) throw new InputError(`${name} ${objection}`);
  const file = attempt(path, () => openSync(path, 'r'));
  const { fill, ...source } = sourceOf(path, name, found.size, file);
  return { ...source, open: { fill, descriptor: file }, close: async () => closeSync(file) };
}

/** The bytes of an open file; what goes wrong is said of its path. */
function sourceOf(path: string, name: string, size: number, descriptor: number): OpenSource {
  const fill: OpenSource['fill'] = (into, start) => attempt(path, () => fillFrom(descriptor, into, start));
  return {
    name,
    size,
    fill,
    async read(start, end) {
      const from = Math.max(0, start);
      const bytes = attempt(path, () => new Uint8Array(Math.max(0, Math.min(end, size) - from)));
      return bytes.subarray(0, fill(bytes, from));
    },
  };
}

/**
 * Reads an array from a file of any known format. The bytes decide which, not the extension.
 * @throws InputError with one sentence when the file cannot be read or holds something else.
 */
export async function readArray(path: string): Promise<NdArray> {
  const source = await openFile(path);
  try {
    return await (await readerOf(source)).read(source);
  } finally {
    await source.close();
  }
}

/**
 * Opens arrays for as long as `use` takes, one after the other. Large ones are not read but left in their files; where they are very
 * large, a crew of threads that know them is handed over as well.
 * @throws InputError with one sentence when a file cannot be read or holds something else.
 */
export async function withArrays<const P extends readonly string[], T>(
  paths: P,
  use: (opened: { readonly [K in keyof P]: OpenedArray }, crew: Crew | null) => T,
  terms: Terms = alone,
): Promise<T> {
  const sources: OpenFile[] = [];
  const left = new Map<unknown, LeftFile>();
  let crew: HiredCrew | null = null;
  try {
    const opened: OpenedArray[] = [];
    for (const path of paths) {
      const source = await openFile(path);
      sources.push(source);
      const { name, size, open } = source;
      const reader = await readerOf(source);
      if (size > terms.small && open !== undefined && reader.leave !== undefined) {
        const array = await reader.leave({ ...source, fill: open.fill });
        left.set(array.data, { name, size, descriptor: open.descriptor });
        opened.push({ path, array });
      } else opened.push({ path, array: await reader.read(source) });
    }
    const helpers = helpersFor(
      opened.map(({ array }) => array),
      terms,
    );
    if (helpers > 0) crew = (await import('./crew.ts')).hire(left, helpers, terms.program);
    return use(opened as { readonly [K in keyof P]: OpenedArray }, crew);
  } finally {
    await crew?.dismiss();
    for (const source of sources) await source.close();
  }
}

/** Opens, in another thread, the numbers of a file that was left open. */
export async function openLeft({ name, size, descriptor }: LeftFile): Promise<StoredNumbers> {
  const source = sourceOf(name, name, size, descriptor);
  const { data } = (await (await readerOf(source)).leave?.(source)) ?? {};
  if (data === undefined || ArrayBuffer.isView(data)) throw new InputError(`${name} cannot be left in its file`);
  return data;
}

async function readerOf(source: ByteSource): Promise<Reader> {
  const head = await source.read(0, HEAD);
  const reader = knownReaders.find((candidate) => candidate.sniff(head)) ?? (await rasterReader(head));
  if (reader) return reader;
  const { describeRefused } = await import('../readers/_refused.ts');
  throw new InputError(describeRefused(source.name, head));
}

async function rasterReader(head: Uint8Array): Promise<Reader | undefined> {
  const { jpeg, webp } = await import('./raster.ts');
  return [jpeg, webp].find((candidate) => candidate.sniff(head));
}

function objectionTo(found: Stats): string | undefined {
  if (found.isDirectory()) return 'is a directory; name one array file in it';
  if (found.isFIFO()) return 'is a pipe; send it to standard input and write - in its place';
  if (!found.isFile()) return 'is a device or a socket; name a regular file';
  if (found.size === 0) return 'is empty (0 bytes); export it again';
  return undefined;
}

/** Fewer bytes than there is room for only when the file has become shorter. */
function fillFrom(file: number, into: Uint8Array, start: number): number {
  let filled = 0;
  while (filled < into.length) {
    const bytes = readSync(file, into, filled, into.length - filled, start + filled);
    if (bytes === 0) break;
    filled += bytes;
  }
  return filled;
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileError(path, error);
  }
}
