/** Numbers of a tile: doubles, or singles where the prediction holds no more and SIMD kernels work on them. */
export type Reals = Float32Array | Float64Array;

/** What arrays are put in: memory of this thread, or of all of them. */
export type MemoryKind = ArrayBufferConstructor | SharedArrayBufferConstructor;

/** Class ids of a whole image, in as few bytes as they need; those of a tile are 32 bits wide. */
export type Labels = Int8Array | Int16Array | Int32Array;

/** Room for ids from `least` (-2 stands for no class) up to `most`. */
export function roomForLabels(most: number, length: number, Memory: MemoryKind = ArrayBuffer, least = -2): Labels {
  const fits = (bits: number): boolean => most < 2 ** (bits - 1) && least >= -(2 ** (bits - 1));
  if (fits(8)) return new Int8Array(new Memory(length));
  return fits(16) ? new Int16Array(new Memory(2 * length)) : new Int32Array(new Memory(4 * length));
}
