import type { NdArray, StoredArray } from './ndarray.ts';

/** Random access to the bytes of an input; the only thing a reader knows of the world. */
export interface ByteSource {
  /** What to call the input in messages: a path, or `standard input`. */
  readonly name: string;
  readonly size: number;
  /** Bytes [start, end); both are clipped to the size. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Bytes that can be had at once, as often as they are wanted. */
export interface OpenSource extends ByteSource {
  /**
   * Fills `into` with the bytes from `start` on; gives back how many there were.
   * @throws InputError when they cannot be read.
   */
  fill(into: Uint8Array, start: number): number;
}

/** One file format. The bytes decide, the extension is only a hint. */
export interface Reader {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  /** True when the first bytes (up to 512) carry the format's signature. */
  sniff(head: Uint8Array): boolean;
  /** @throws InputError with one sentence when the file is damaged or holds something that is not an array of numbers. */
  read(source: ByteSource): Promise<NdArray>;
  /** The same, but the numbers stay in the source, which must be left open. For formats whose numbers stand at known places. */
  leave?(source: OpenSource): Promise<StoredArray>;
}
