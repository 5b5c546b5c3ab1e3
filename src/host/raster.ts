import { InputError } from '../core/errors.ts';
import { type NdArray, ndarray } from '../core/ndarray.ts';
import type { ByteSource, Reader } from '../core/reader.ts';

/** JPEG through sharp: [H, W] when stored as grey, else [H, W, 3]. The stored labels, if it ever had any, are gone. */
export const jpeg: Reader = {
  id: 'jpeg',
  title: 'JPEG image',
  extensions: ['.jpg', '.jpeg'],
  sniff: (head: Uint8Array): boolean => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  read: async (source: ByteSource): Promise<NdArray> => decode(source, 'jpeg', await source.read(0, source.size), true),
};

/** WebP through sharp: [H, W, 3], or [H, W, 4] with alpha; always colour, since WebP has no grey. */
export const webp: Reader = {
  id: 'webp',
  title: 'WebP image',
  extensions: ['.webp'],
  sniff: (head: Uint8Array): boolean => ascii(head, 0) === 'RIFF' && ascii(head, 8) === 'WEBP',
  async read(source: ByteSource): Promise<NdArray> {
    const bytes = await source.read(0, source.size);
    return decode(source, 'webp', bytes, !isLosslessWebp(bytes));
  },
};

/**
 * The values as stored: no colour profile, no EXIF orientation. Without `b-w` sharp would spread grey over
 * three channels.
 */
async function decode(
  source: ByteSource,
  format: 'jpeg' | 'webp',
  bytes: Uint8Array,
  lossy: boolean,
): Promise<NdArray> {
  const { default: sharp } = await import('sharp').catch(() => {
    throw new InputError(`${source.name} needs the package sharp, which cannot be loaded here; save it as PNG`);
  });
  try {
    const image = sharp(bytes, { ignoreIcc: true, failOn: 'warning' });
    const { space, pages = 1 } = await image.metadata();
    if (pages > 1) throw new InputError(`${source.name} has ${pages} frames; save the one to be judged as PNG`);
    image.toColourspace(space === 'b-w' ? 'b-w' : 'srgb');
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    const shape = [info.height, info.width, ...(info.channels > 1 ? [info.channels] : [])];
    const values = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return ndarray(values, shape, 'uint8', { format, container: 'image', lossy });
  } catch (error) {
    if (error instanceof InputError) throw error;
    const [said = 'no reason given'] = String(error instanceof Error ? error.message : error).split('\n');
    throw new InputError(`${source.name} cannot be decoded as ${format} (sharp: ${said}); export or copy it again`);
  }
}

/** sharp does not tell, but the chunks do: `VP8L` is lossless, `VP8 ` is not, `VP8X` stands before either. */
function isLosslessWebp(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = ascii(bytes, at);
    if (type === 'VP8L' || type === 'VP8 ') return type === 'VP8L';
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return false;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
