/** Numbers of a tile: doubles, or singles where the prediction holds no more and SIMD kernels work on them. */
export type Reals = Float32Array | Float64Array;

/** Class ids of a whole image, in as few bytes as they need; those of a tile are 32 bits wide. */
export type Labels = Int8Array | Int16Array | Int32Array;

/** Room for ids from -2 (no class) up to `most`. */
export function roomForLabels(most: number, length: number): Labels {
  return most < 2 ** 7 ? new Int8Array(length) : most < 2 ** 15 ? new Int16Array(length) : new Int32Array(length);
}
