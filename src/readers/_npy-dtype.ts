import type { DType } from '../core/ndarray.ts';
import { refuse } from './_message.ts';
import type { Literal } from './_python-literal.ts';

/** How the numbers lie in the file. */
export interface NpyType {
  readonly dtype: DType;
  /** Bytes per number. */
  readonly width: number;
  readonly littleEndian: boolean;
}

const DTYPES: Readonly<Record<string, DType>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** What the other kinds of numpy are, and what to do about each. */
const OTHERS: Readonly<Record<string, string>> = {
  O: 'Python objects (pickled), which are never unpickled; save plain numbers, such as numpy.stack(array).astype("float32")',
  c: 'complex numbers; save the part that the loss received, such as array.real',
  f: 'floats of a width that is not read; convert with array.astype("float32")',
  b: 'values of a width that is not read; convert with array.astype("int32")',
  i: 'integers of a width that is not read; convert with array.astype("int32")',
  u: 'integers of a width that is not read; convert with array.astype("int32")',
  S: 'text; save class numbers instead, such as numpy.unique(array, return_inverse=True)[1]',
  a: 'text; save class numbers instead, such as numpy.unique(array, return_inverse=True)[1]',
  U: 'text; save class numbers instead, such as numpy.unique(array, return_inverse=True)[1]',
  M: 'dates; save plain numbers instead',
  m: 'time differences; save plain numbers instead',
  V: 'raw records, as bfloat16 is saved too; convert first, such as tensor.float().numpy()',
};

/** Number type of a `descr` (array interface "typestr": byte order, kind, bytes), or one clear refusal. */
export function npyType(name: string, descr: Literal): NpyType {
  if (typeof descr !== 'string') {
    return refuse(
      name,
      'holds records with named fields (a structured dtype); save one field, such as array["logits"]',
    );
  }
  const [, order, kind = '', width = ''] = /^([<>|=]?)([A-Za-z?])(\d*)(?:\[.*\])?$/.exec(descr) ?? [];
  const dtype = DTYPES[kind + width];
  if (dtype === undefined) {
    const what = OTHERS[kind] ?? 'no numbers that are known; save an array of integers or floats';
    return refuse(name, `has the numpy type ${JSON.stringify(descr)}: ${what}`);
  }
  if (width !== '1' && order !== '<' && order !== '>') {
    return refuse(
      name,
      `has the numpy type ${JSON.stringify(descr)} without a byte order; "<" or ">" must come first, so export it with numpy.save`,
    );
  }
  return { dtype, width: Number(width), littleEndian: order !== '>' };
}
