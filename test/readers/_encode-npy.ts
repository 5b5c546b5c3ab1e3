import type { DType } from '../../src/core/ndarray.ts';

export interface NpyParts {
  readonly values?: readonly number[];
  readonly dtype?: DType;
  readonly shape?: readonly number[];
  readonly fortran?: boolean;
  readonly bigEndian?: boolean;
  readonly version?: 1 | 2 | 3;
  /** Replaces the whole dictionary. */
  readonly header?: string;
}

const CODES: Readonly<Record<DType, string>> = {
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
};

/** A .npy file as numpy.save writes it. */
export function encodeNpy(parts: NpyParts = {}): Uint8Array {
  const { values = [], dtype = 'float32', fortran = false, bigEndian = false, version = 1 } = parts;
  const shape = parts.shape ?? [values.length];
  const code = CODES[dtype];
  const width = Number(code.slice(1));
  const order = width === 1 ? '|' : bigEndian ? '>' : '<';
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary =
    parts.header ??
    `{'descr': '${order}${code}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }`;

  const start = version === 1 ? 10 : 12;
  const padded = dictionary.padEnd(Math.ceil((start + dictionary.length + 1) / 64) * 64 - start - 1);
  const header = new TextEncoder().encode(`${padded}\n`);
  const file = new Uint8Array(start + header.length + values.length * width);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  file.set(header, start);

  const stored = fortran ? inFortranOrder(values, shape) : values;
  stored.forEach((value, i) => {
    writeNumber(view, start + header.length + i * width, value, dtype, !bigEndian);
  });
  return file;
}

/** The same values with the first axis fastest. */
function inFortranOrder(values: readonly number[], shape: readonly number[]): number[] {
  const result: number[] = [];
  const visit = (axis: number, flat: number): void => {
    if (axis < 0) {
      result.push(values[flat] ?? 0);
      return;
    }
    const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
    for (let i = 0; i < (shape[axis] ?? 0); i++) visit(axis - 1, flat + i * stride);
  };
  visit(shape.length - 1, 0);
  return result;
}

function writeNumber(view: DataView, at: number, value: number, dtype: DType, little: boolean): void {
  if (dtype === 'bool' || dtype === 'uint8') view.setUint8(at, value);
  else if (dtype === 'int8') view.setInt8(at, value);
  else if (dtype === 'int16') view.setInt16(at, value, little);
  else if (dtype === 'uint16') view.setUint16(at, value, little);
  else if (dtype === 'int32') view.setInt32(at, value, little);
  else if (dtype === 'uint32') view.setUint32(at, value, little);
  else if (dtype === 'int64') view.setBigInt64(at, BigInt(value), little);
  else if (dtype === 'uint64') view.setBigUint64(at, BigInt(value), little);
  else if (dtype === 'float16') view.setUint16(at, halfCode(value), little);
  else if (dtype === 'float32') view.setFloat32(at, value, little);
  else view.setFloat64(at, value, little);
}

/** The float16 code of a value that float16 can hold exactly. */
function halfCode(value: number): number {
  const sign = Object.is(Math.sign(value), -0) || value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
}
