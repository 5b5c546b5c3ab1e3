import type { Labels, Reals } from '../scalar/reals.ts';
import { wasm } from './module.ts';

/** The exported kernels: pointers are bytes from the start of the memory. */
type Exports = Readonly<Record<string, (...numbers: number[]) => void>>;

/** Those of them that return a number. */
type Counts = Readonly<
  Record<'countValid' | 'collect' | 'aboveHalf' | 'lovaszExtension', (...numbers: number[]) => number>
>;

/** Where allocation begins: below lie the tables of the module. */
const FIRST = 65_536;

/** Bytes beside those of tiles, and of these the share besides: there kernels are handed rows and leave their sums. */
const spare = { bytes: 2 ** 20, share: 1 / 8 };

/** An instance of the SIMD module with its memory: what a sweep works in. */
export class Engine {
  readonly run: Exports;
  readonly count: Counts;
  readonly #memory: WebAssembly.Memory;
  /** Bytes of its memory at first. */
  readonly #least: number;
  #buffer: ArrayBuffer;
  #top = FIRST;
  /** Where room for tiles ends, and all room. */
  #tiles = FIRST;
  #end = FIRST;
  #doubles = new Float64Array(0);
  #singles = new Float32Array(0);
  #row: Float32Array = new Float32Array(0);

  constructor(instance: WebAssembly.Instance) {
    this.run = instance.exports as unknown as Exports;
    this.count = instance.exports as unknown as Counts;
    this.#memory = instance.exports.memory as WebAssembly.Memory;
    this.#buffer = this.#memory.buffer as ArrayBuffer;
    this.#least = this.#buffer.byteLength;
    engines.set(this.#buffer, this);
  }

  /** Bytes of its memory. */
  get size(): number {
    return this.#buffer.byteLength;
  }

  /**
   * Makes room for tiles of so many bytes; false where there is not that much memory. Arrays from before are lost. What finds room, and
   * with that the last digits of what is worked out, does not depend on what the engine was used for before.
   */
  open(bytes: number): boolean {
    const more = Math.max(0, sizeFor(bytes) - this.size);
    if (more > 0) {
      try {
        this.#memory.grow(Math.ceil(more / 65_536));
      } catch {
        return false;
      }
      this.#buffer = this.#memory.buffer as ArrayBuffer;
      engines.set(this.#buffer, this);
    }
    this.#end = Math.max(sizeFor(bytes), this.#least);
    this.#tiles = this.#end - spareFor(bytes);
    return true;
  }

  /** Room for `length` singles, set to 0, or undefined when that for tiles is used up. */
  singles(length: number): Float32Array | undefined {
    const at = this.#reserve(4 * length, this.#tiles);
    return at === undefined ? undefined : new Float32Array(this.#buffer, at, length).fill(0);
  }

  integers(length: number): Int32Array | undefined {
    const at = this.#reserve(4 * length, this.#tiles);
    return at === undefined ? undefined : new Int32Array(this.#buffer, at, length).fill(0);
  }

  /** Forgets everything that was reserved. */
  reset(): void {
    this.#top = FIRST;
    this.#doubles = new Float64Array(0);
    this.#singles = new Float32Array(0);
    this.#row = new Float32Array(0);
  }

  /** A run of doubles set to 0 that holds until the next call, for a kernel to add to. */
  sums(length: number): Float64Array {
    if (this.#doubles.length < length) this.#doubles = new Float64Array(this.#buffer, this.#handed(8 * length), length);
    return this.#doubles.fill(0, 0, length);
  }

  /** Numbers as singles where a kernel can read them, until the next call. */
  given(numbers: ArrayLike<number>): number {
    const { length } = numbers;
    if (this.#singles.length < length) this.#singles = new Float32Array(this.#buffer, this.#handed(4 * length), length);
    this.#singles.set(numbers);
    return this.#singles.byteOffset;
  }

  /** A run of singles that holds until the next call, for a wrapper to hand to its kernel. */
  row(length: number): Float32Array {
    if (this.#row.length < length) this.#row = new Float32Array(this.#buffer, this.#handed(4 * length), length).fill(0);
    return this.#row;
  }

  /** True where such a run, a longer one than of a tile, takes room of tiles alone. */
  hasRow(length: number): boolean {
    return this.#row.length >= length || this.#top + 4 * length <= this.#tiles;
  }

  #handed(bytes: number): number {
    const at = this.#reserve(bytes, this.#end);
    if (at === undefined) throw new RangeError(`no room for ${bytes} bytes that a kernel is handed`);
    return at;
  }

  #reserve(bytes: number, end: number): number | undefined {
    const at = this.#top;
    const next = (at + bytes + 15) & ~15;
    if (next > end) return undefined;
    this.#top = next;
    return at;
  }
}

function spareFor(bytes: number): number {
  return spare.bytes + Math.ceil(bytes * spare.share);
}

/** Memory of an engine with room for tiles of so many bytes. */
function sizeFor(bytes: number): number {
  return FIRST + bytes + spareFor(bytes);
}

/** Bytes of an engine that is used again: those of the largest sweep. */
const mostKept = 80 * 2 ** 20;

const engines = new WeakMap<ArrayBufferLike, Engine>();
const idle: Engine[] = [];
let module: WebAssembly.Module | null | undefined;

/**
 * A free engine with room for tiles of so many bytes. Null where WebAssembly, its SIMD instructions or that much memory are missing. Engines are
 * used again, for a new memory costs the system its pages and the garbage collector a look at everything.
 */
export function takeEngine(bytes = 0): Engine | null {
  const at = idle.findIndex(({ size }) => size >= sizeFor(bytes));
  const [known] = idle.splice(Math.max(0, at), 1);
  module ??= compile();
  if (module === null) return null;
  const engine = known ?? new Engine(new WebAssembly.Instance(module));
  if (engine.open(bytes)) return engine;
  returnEngine(engine);
  return null;
}

/** Hands an engine back; its arrays must not be used any more. One that held whole images is left to the garbage collector. */
export function returnEngine(engine: Engine): void {
  engine.reset();
  if (engine.size <= mostKept) idle.push(engine);
}

function compile(): WebAssembly.Module | null {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    return new WebAssembly.Module(bytesOf(wasm));
  } catch {
    // An engine without SIMD refuses the module.
    return null;
  }
}

/** What base64 stands for. A loop over the letters takes 4 ms, which is much for a small image: Node can do without. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> } };
  if (Buffer !== undefined) return Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The engine in whose memory all these arrays lie; undefined where one lies elsewhere. */
export function engineOf(first: Reals | null, ...others: readonly (Reals | Labels | null)[]): Engine | undefined {
  if (!(first instanceof Float32Array)) return undefined;
  const { buffer } = first;
  for (const other of others) if (other !== null && other.buffer !== buffer) return undefined;
  return engines.get(buffer);
}

/** The engine in whose memory some numbers lie. */
export function engineAt({ buffer }: Int32Array | Float32Array): Engine | undefined {
  return engines.get(buffer);
}

/** Adds what a kernel left in a run of doubles to arrays that lie one after the other in it. */
export function addSums(from: Float64Array, ...into: readonly Float64Array[]): void {
  let at = 0;
  for (const array of into) for (let k = 0; k < array.length; k++) array[k] += from[at++];
}
