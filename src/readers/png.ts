import type { NdArray } from '../core/ndarray.ts';
import type { ByteSource, Reader } from '../core/reader.ts';
import { hasPngSignature } from './_png-signature.ts';

/**
 * PNG (W3C, third edition) as an array of the stored integers: the indices of a palette picture, the unscaled
 * samples of the others. [H, W], or [H, W, channels] for grey with alpha, RGB and RGBA.
 */
export const png: Reader = {
  id: 'png',
  title: 'PNG image',
  extensions: ['.png'],
  sniff: hasPngSignature,

  /** Most runs read arrays only, so the decoder waits for the first picture. */
  async read(source: ByteSource): Promise<NdArray> {
    const { readPng } = await import('./_png-picture.ts');
    return readPng(source);
  },
};
