/** Numbers of a tile: doubles, or singles where the prediction holds no more and SIMD kernels work on them. */
export type Reals = Float32Array | Float64Array;
