// Bytes of the arrays as numpy and a paint program would have written them.

import { encode } from 'fast-png';

const formats = { float32: '<f4', float16: '<f2', uint8: '|u1' };

/** A .npy file (format 1.0, C order); values are rounded to the dtype. */
export function npy(values, shape, dtype) {
  const count = shape.reduce((product, length) => product * length, 1);
  if (values.length !== count) throw new Error(`npy: ${values.length} values for the shape [${shape}]`);
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${formats[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = `${header.padEnd(64 * Math.ceil((10 + header.length + 1) / 64) - 11)}\n`;
  const length = new Uint8Array([padded.length & 255, padded.length >> 8]);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(padded), body(values, dtype)]);
}

function body(values, dtype) {
  const width = { float32: 4, float16: 2, uint8: 1 }[dtype];
  const bytes = Buffer.alloc(values.length * width);
  for (let i = 0; i < values.length; i++) {
    if (dtype === 'float32') bytes.writeFloatLE(values[i], i * 4);
    else if (dtype === 'float16') bytes.writeUInt16LE(halfBits(values[i]), i * 2);
    else bytes[i] = values[i];
  }
  return bytes;
}

const word = new DataView(new ArrayBuffer(4));

/** The 16 bits nearest to a number, ties to even. Bit arithmetic only: powers and logarithms are not exact everywhere. */
function halfBits(value) {
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent === 143) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  if (exponent > 30) return sign | 0x7c00;
  if (exponent < -10) return sign;
  const shift = exponent > 0 ? 13 : 14 - exponent;
  const kept = exponent > 0 ? (exponent << 23) | mantissa : 0x800000 | mantissa; // below 1: subnormal, unit 2^-24
  const rest = kept & ((1 << shift) - 1);
  const down = kept >>> shift;
  const middle = 1 << (shift - 1);
  return sign | (rest > middle || (rest === middle && down & 1) ? down + 1 : down);
}

/** What is left of a number after mixed precision: rounded to float16. */
export function half(value) {
  const bits = halfBits(value);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  if (exponent === 31) return bits & 1023 ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * (bits & 1023) * 5.9604644775390625e-8;
  word.setUint32(0, ((exponent + 112) << 23) | ((bits & 1023) << 13));
  return sign * word.getFloat32(0);
}

/** Eight bits per pixel, grey. */
export const greyPng = (ids, [height, width]) =>
  Buffer.from(encode({ width, height, data: Uint8Array.from(ids), channels: 1, depth: 8 }));

/** Indices with a colour table of 256 entries, as paint programs keep label maps. */
export const palettePng = (ids, [height, width], palette) =>
  Buffer.from(encode({ width, height, data: Uint8Array.from(ids), channels: 1, depth: 8, palette }));

/** The colours themselves: what is left when the table is thrown away. */
export function colourPng(ids, [height, width], palette) {
  const data = new Uint8Array(3 * ids.length);
  ids.forEach((id, i) => {
    data.set(palette[id], 3 * i);
  });
  return Buffer.from(encode({ width, height, data, channels: 3, depth: 8 }));
}
