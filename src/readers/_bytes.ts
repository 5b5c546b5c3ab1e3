import type { ByteSource } from '../core/reader.ts';
import { counted, refuse } from './_message.ts';

/** Most bytes asked for at once: some systems cannot read 2 GiB in one call. */
export const PART: number = 256 * 1024 * 1024;

/** Calls `take` with the bytes [start, end) of the source, in order, in parts of at most `part` bytes. */
export async function readParts(
  source: ByteSource,
  start: number,
  end: number,
  take: (bytes: Uint8Array, position: number) => void,
  part: number = PART,
): Promise<void> {
  for (let at = start; at < end; at += part) {
    take(await readPart(source, at, Math.min(at + part, end)), at - start);
  }
}

/** The bytes [start, end), all of them: a source that gives fewer has changed since its size was taken. */
export async function readPart(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  const bytes = await source.read(start, end);
  checkAll(source.name, bytes.length, end - start, start);
  return bytes;
}

/** Refuses a source that gave fewer bytes than were asked for. */
export function checkAll(name: string, given: number, asked: number, start: number): void {
  if (given === asked) return;
  refuse(
    name,
    `gave ${counted(given, 'byte')} of ${counted(asked, 'byte')} asked for at byte ${start}; it changed while it was read, so wait until it is written and run again`,
  );
}

/** The bytes [start, end) as one run; no copy when they fit into one part. */
export async function readRun(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  if (end - start <= PART) return readPart(source, start, end);
  const run = allocate(source.name, end - start, (length) => new Uint8Array(length));
  await readParts(source, start, end, (bytes, position) => run.set(bytes, position));
  return run;
}

/** Makes a typed array; one that the machine cannot hold is refused in a sentence. */
export function allocate<T>(name: string, length: number, make: (length: number) => T): T {
  try {
    return make(length);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(
      name,
      `holds ${counted(length, 'value')}, more than fit into memory here; give fewer images or a crop, or more memory`,
    );
  }
}
