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

/** An instance of the SIMD module with its memory: what a sweep works in. */
export class Engine {
  readonly run: Exports;
  readonly count: Counts;
  readonly #memory: WebAssembly.Memory;
  #buffer: ArrayBuffer;
  #top = FIRST;
  #doubles = new Float64Array(0);
  #singles = new Float32Array(0);
  #row: Float32Array = new Float32Array(0);

  constructor(instance: WebAssembly.Instance) {
    this.run = instance.exports as unknown as Exports;
    this.count = instance.exports as unknown as Counts;
    this.#memory = instance.exports.memory as WebAssembly.Memory;
    this.#buffer = this.#memory.buffer as ArrayBuffer;
    engines.set(this.#buffer, this);
  }

  /** Makes room for so many bytes; false where there is not that much memory. Arrays from before are lost. */
  grow(bytes: number): boolean {
    if (bytes <= this.#buffer.byteLength - FIRST) return true;
    try {
      this.#memory.grow(Math.ceil((bytes + FIRST - this.#buffer.byteLength) / 65_536));
    } catch {
      return false;
    }
    this.#buffer = this.#memory.buffer as ArrayBuffer;
    engines.set(this.#buffer, this);
    return true;
  }

  /** Room for `length` singles, set to 0, or undefined when the memory is full. */
  singles(length: number): Float32Array | undefined {
    const at = this.#reserve(4 * length);
    return at === undefined ? undefined : new Float32Array(this.#buffer, at, length).fill(0);
  }

  integers(length: number): Int32Array | undefined {
    const at = this.#reserve(4 * length);
    return at === undefined ? undefined : new Int32Array(this.#buffer, at, length).fill(0);
  }

  /** Bytes that it has room for in all. */
  get room(): number {
    return this.#buffer.byteLength - FIRST;
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
    if (this.#doubles.length < length) {
      const at = this.#reserve(8 * length);
      if (at === undefined) throw new RangeError(`no room for ${length} sums`);
      this.#doubles = new Float64Array(this.#buffer, at, length);
    }
    return this.#doubles.fill(0, 0, length);
  }

  /** Numbers as singles where a kernel can read them, until the next call. */
  given(numbers: ArrayLike<number>): number {
    if (this.#singles.length < numbers.length) {
      const at = this.#reserve(4 * numbers.length);
      if (at === undefined) throw new RangeError(`no room for ${numbers.length} numbers`);
      this.#singles = new Float32Array(this.#buffer, at, numbers.length);
    }
    this.#singles.set(numbers);
    return this.#singles.byteOffset;
  }

  /** A run of singles that holds until the next call, for a wrapper to hand to its kernel. */
  row(length: number): Float32Array {
    if (this.#row.length < length) this.#row = this.singles(length) ?? new Float32Array(length);
    return this.#row;
  }

  #reserve(bytes: number): number | undefined {
    const at = this.#top;
    const next = (at + bytes + 15) & ~15;
    if (next > this.#buffer.byteLength) return undefined;
    this.#top = next;
    return at;
  }
}

/** Bytes of an engine that is used again. */
const mostKept = 2 ** 26;

const engines = new WeakMap<ArrayBufferLike, Engine>();
const idle: Engine[] = [];
let module: WebAssembly.Module | null | undefined;

/**
 * A free engine with room for so many bytes. Null where WebAssembly, its SIMD instructions or that much memory are missing. Engines are
 * used again, for a new memory costs the system its pages and the garbage collector a look at everything.
 */
export function takeEngine(bytes = 0): Engine | null {
  const at = idle.findIndex(({ room }) => room >= bytes);
  const [known] = idle.splice(Math.max(0, at), 1);
  module ??= compile();
  if (module === null) return null;
  const engine = known ?? new Engine(new WebAssembly.Instance(module));
  if (engine.grow(bytes)) return engine;
  returnEngine(engine);
  return null;
}

/** Hands an engine back; its arrays must not be used any more. One that held whole images is left to the garbage collector. */
export function returnEngine(engine: Engine): void {
  engine.reset();
  if (engine.room <= mostKept) idle.push(engine);
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
