import { grouped } from '../core/grouped.ts';
import { counted, refuse } from './_message.ts';

/** The IHDR chunk (PNG 11.2.1), checked. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly channels: number;
  readonly isPalette: boolean;
  readonly isInterlaced: boolean;
}

/** Colour type -> channels and the depths that PNG table 11.1 allows. */
const COLOUR_TYPES: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** About 46,000 x 46,000 labels. */
const MOST_SAMPLES = 2 ** 31;

/** Reads the header and refuses what PNG does not know or what no machine should allocate. */
export function parsePngHeader(name: string, ihdr: Uint8Array): PngHeader {
  if (ihdr.length !== 13)
    refuse(name, `has a header of ${counted(ihdr.length, 'byte')} instead of 13; export it again`);
  const view = new DataView(ihdr.buffer, ihdr.byteOffset, ihdr.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) => view.getUint8(at));
  const colour = COLOUR_TYPES[colourType ?? -1];
  if (depth === undefined || !colour?.depths.includes(depth)) {
    return refuse(name, `has colour type ${colourType} with ${depth} bits, which PNG does not allow; export it again`);
  }
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) {
    refuse(
      name,
      `uses compression ${compression}, filter ${filter}, interlace ${interlace}, which PNG does not allow; export it again`,
    );
  }
  if (width === 0 || height === 0)
    refuse(name, `is ${width} x ${height} pixels; it must have at least one, so export it again`);
  if (width * height * colour.channels > MOST_SAMPLES) {
    refuse(
      name,
      `says it is ${grouped(width)} x ${grouped(height)} pixels x ${colour.channels}; at most ${grouped(MOST_SAMPLES)} values can be read, so cut it into tiles`,
    );
  }
  return {
    width,
    height,
    depth,
    channels: colour.channels,
    isPalette: colourType === 3,
    isInterlaced: interlace === 1,
  };
}
