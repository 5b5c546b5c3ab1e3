import { grouped } from '../core/grouped.ts';
import type { ByteSource } from '../core/reader.ts';
import { readPart } from './_bytes.ts';
import { counted, refuse } from './_message.ts';
import { type Literal, parsePythonLiteral } from './_python-literal.ts';

/** The dictionary of a .npy file, checked, and where the numbers start. */
export interface NpyHeader {
  readonly descr: Literal;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/** `\x93NUMPY`, the six bytes that every .npy file starts with. */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The header of plain numbers has about 120 bytes; only structured types need more than 65,535. */
const LONGEST_HEADER = 65_535;
/** numpy 2 allows 64 axes. */
const MOST_AXES = 64;

/** Reads the header: magic, version, length, dictionary ("Format Version 1.0" to "3.0" of numpy.lib.format). */
export async function readNpyHeader(source: ByteSource): Promise<NpyHeader> {
  const { name, size } = source;
  const prefix = await readPart(source, 0, Math.min(size, 12));
  if (NPY_MAGIC.some((byte, i) => i < size && prefix[i] !== byte)) {
    refuse(name, 'does not start with the signature of a .npy file; save the array with numpy.save');
  }
  const [major, minor] = [prefix[6] ?? 1, prefix[7] ?? 0];
  if (major < 1 || major > 3 || minor !== 0) {
    refuse(
      name,
      `is .npy version ${major}.${minor}; versions 1.0, 2.0 and 3.0 can be read, so save it with numpy.save`,
    );
  }
  const start = major === 1 ? 10 : 12;
  if (size < start) refuse(name, `ends after ${counted(size, 'byte')}, inside its header; export it again`);
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) {
    refuse(
      name,
      `announces a header of ${counted(length, 'byte')}; plain numbers need at most ${grouped(LONGEST_HEADER)}`,
    );
  }
  if (start + length > size) {
    refuse(
      name,
      `ends after ${grouped(size)} of the ${counted(start + length, 'byte')} of its header; export it again`,
    );
  }
  const bytes = await readPart(source, start, start + length);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes);
  return { ...checkDictionary(name, text), dataStart: start + length };
}

function checkDictionary(name: string, text: string): Omit<NpyHeader, 'dataStart'> {
  const header = parseHeader(name, text);
  const keys = header instanceof Map ? [...header.keys()].sort().join(', ') : 'no dictionary';
  if (!(header instanceof Map) || keys !== 'descr, fortran_order, shape') {
    return refuse(
      name,
      `has a header with ${keys || 'nothing'}; it must have descr, fortran_order, shape, as numpy.save writes it`,
    );
  }
  const fortran = header.get('fortran_order');
  if (typeof fortran !== 'boolean') {
    return refuse(name, 'has a header whose fortran_order is neither True nor False; export it with numpy.save');
  }
  return { descr: header.get('descr') ?? null, fortran, shape: checkShape(name, header.get('shape') ?? null) };
}

function parseHeader(name: string, text: string): Literal {
  try {
    return parsePythonLiteral(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(name, `has a header that is not a Python dictionary (${error.message}); export it with numpy.save`);
  }
}

function checkShape(name: string, shape: Literal): readonly number[] {
  if (!Array.isArray(shape)) return refuse(name, 'has a header whose shape is not a tuple; export it with numpy.save');
  if (shape.length > MOST_AXES) {
    return refuse(
      name,
      `has a shape of ${shape.length} axes; at most ${MOST_AXES} are allowed, so export it with numpy.save`,
    );
  }
  return shape.map((length) => {
    if (typeof length === 'number' && Number.isSafeInteger(length) && length >= 0) return length;
    return refuse(
      name,
      `has a header whose shape contains ${JSON.stringify(length).slice(0, 40)}; a length is a whole number from 0 to 2^53 - 1, so export it again`,
    );
  });
}
