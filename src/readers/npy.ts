import { grouped } from '../core/grouped.ts';
import {
  contiguousStrides,
  elementCount,
  formatShape,
  type Hints,
  type NdArray,
  type StoredArray,
} from '../core/ndarray.ts';
import type { ByteSource, OpenSource, Reader } from '../core/reader.ts';
import { counted, refuse } from './_message.ts';
import { npyType } from './_npy-dtype.ts';
import { readElements } from './_npy-elements.ts';
import { NPY_MAGIC, readNpyHeader } from './_npy-header.ts';
import { storedElements } from './_npy-stored.ts';

/** numpy's .npy: one array of plain numbers, in versions 1.0, 2.0 and 3.0 (numpy.lib.format). */
export const npy: Reader = {
  id: 'npy',
  title: 'NumPy array',
  extensions: ['.npy'],

  sniff: (head: Uint8Array): boolean => NPY_MAGIC.every((byte, i) => head[i] === byte),

  async read(source: ByteSource): Promise<NdArray> {
    const { type, count, dataStart, ...rest } = await readPlan(source);
    return { ...rest, data: await readElements(source, dataStart, count, type) };
  },

  async leave(source: OpenSource): Promise<StoredArray> {
    const { type, count, dataStart, ...rest } = await readPlan(source);
    return { ...rest, data: storedElements(source, dataStart, count, type) };
  },
};

/** Everything but the numbers, and where they are. */
async function readPlan(source: ByteSource) {
  const { descr, fortran, shape, dataStart } = await readNpyHeader(source);
  const type = npyType(source.name, descr);
  const count = elementCount(shape);
  checkSize(source, dataStart, count * type.width, shape);
  const hints: Hints = { format: 'npy', container: 'array' };
  const strides = contiguousStrides(shape, fortran ? 'Fortran' : 'C');
  return { type, count, dataStart, dtype: type.dtype, shape, strides, offset: 0, hints };
}

/** Holds the promise of the header against the size of the file before anything is allocated. */
function checkSize(source: ByteSource, dataStart: number, promised: number, shape: readonly number[]): void {
  const present = source.size - dataStart;
  if (!Number.isSafeInteger(elementCount(shape.map((length) => length || 1)) * 8)) {
    refuse(source.name, `has a header with the impossible shape ${formatShape(shape)}; export it again`);
  }
  if (present === promised) return;
  if (present < promised) {
    refuse(
      source.name,
      `ends after ${grouped(present)} of the ${counted(promised, 'byte')} that its header promises (shape ${formatShape(shape)}); export it again`,
    );
  }
  refuse(
    source.name,
    `has ${counted(present, 'byte')} after its header, which promises ${grouped(promised)} (shape ${formatShape(shape)}); save one array per file`,
  );
}
