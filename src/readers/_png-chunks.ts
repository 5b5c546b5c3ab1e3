import { counted, refuse } from './_message.ts';
import { PNG_SIGNATURE } from './_png-signature.ts';

/** The critical parts of a PNG file, each held against its checksum. */
export interface PngChunks {
  readonly ihdr: Uint8Array;
  readonly plte: Uint8Array | undefined;
  /** The zlib stream, cut into pieces wherever the writer liked. */
  readonly idat: readonly Uint8Array[];
}

/** Length, type and checksum around the data of a chunk. */
const FRAME = 12;

/**
 * Walks the chunks (PNG 5.3 "Chunk layout", 5.6 "Chunk ordering") and keeps those that decide the stored
 * integers. Transparency, gamma, profiles and text do not, so they are only checked for damage.
 */
export function walkChunks(name: string, file: Uint8Array): PngChunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let ihdr: Uint8Array | undefined;
  let plte: Uint8Array | undefined;
  const idat: Uint8Array[] = [];

  for (let at = PNG_SIGNATURE.length; ; ) {
    const left = file.length - at;
    const length = left < FRAME ? 0 : view.getUint32(at);
    if (left < FRAME + length) {
      refuse(
        name,
        `ends after ${counted(file.length, 'byte')}, before its picture is complete; export or copy it again`,
      );
    }
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) refuse(name, `has no chunk where one must start, at byte ${at}; export it again`);
    const end = at + 8 + length;
    if (crc32(file.subarray(at + 4, end)) !== view.getUint32(end)) {
      refuse(
        name,
        `is damaged: the checksum of its ${type} chunk at byte ${at} does not match; export or copy it again`,
      );
    }
    const data = file.subarray(at + 8, end);
    at = end + 4;

    if ((type === 'IHDR') !== (ihdr === undefined)) {
      refuse(name, `has ${type} where the one IHDR chunk must be first; save it as a standard PNG`);
    }
    if (type === 'IHDR') ihdr = data;
    else if (type === 'PLTE') plte = data;
    else if (type === 'IDAT') idat.push(data);
    else if (type === 'acTL') refuse(name, 'is an animated PNG; save the one frame to be judged as a plain PNG');
    else if (type === 'IEND') {
      if (at < file.length)
        refuse(name, `goes on for ${counted(file.length - at, 'byte')} after its end; export it again`);
      break;
    } else if (type < 'a') refuse(name, `needs the unknown chunk ${type} to be read; save it as a standard PNG`);
  }
  if (ihdr === undefined || idat.length === 0) return refuse(name, 'holds no picture data; export it again');
  return { ihdr, plte, idat };
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** PNG annex D: the checksum of type and data. */
function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (CRC_TABLE[(remainder ^ byte) & 255] ?? 0);
  return (remainder ^ 0xffffffff) >>> 0;
}
