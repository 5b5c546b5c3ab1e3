// Synthetic inputs of the benchmarks: the same files for the same arguments.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The inputs that are compared: binary, a photo, a street scene, a volume, a batch. */
export const inputs = [
  { shape: [1, 512, 512], classes: 1 },
  { shape: [21, 512, 512], classes: 21 },
  { shape: [19, 1024, 2048], classes: 19 },
  { shape: [4, 155, 240, 240], classes: 4 },
  { shape: [16, 21, 512, 512], classes: 21, images: 16 },
];

/** A small linear congruential generator: the same numbers in every run, in [0, 1). */
export function generator(seed = 1) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 16_777_216;
  };
}

/** The head of a .npy file. */
export function header(descr, shape) {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([padded.length & 255, padded.length >> 8]),
    Buffer.from(padded),
  ]);
}

/** Writes blocks of labels under noisy logits that are 3 higher at the true class; gives the two paths. */
export function writePair(folder, name, { shape, classes, images = 1 }) {
  const space = shape.slice(images > 1 ? 2 : 1);
  const pixels = space.reduce((a, b) => a * b, 1);
  const width = space.at(-1);
  const random = generator();
  const [prediction, target] = [join(folder, `${name}.npy`), join(folder, `${name}_mask.npy`)];
  const [out, truth] = [openSync(prediction, 'w'), openSync(target, 'w')];
  writeSync(out, header('<f4', shape));
  writeSync(truth, header('|u1', [...(images > 1 ? [images] : []), ...space]));
  for (let image = 0; image < images; image++) {
    const labels = new Uint8Array(pixels);
    for (let i = 0; i < pixels; i++) {
      labels[i] = ((Math.floor(i / width) >> 5) * 7 + ((i % width) >> 6) * 3 + image) % Math.max(2, classes);
    }
    writeWhole(truth, labels);
    for (let c = 0; c < classes; c++) {
      const row = new Float32Array(pixels);
      for (let i = 0; i < pixels; i++) {
        const hit = classes === 1 ? labels[i] * 4 - 2 : labels[i] === c ? 3 : 0;
        row[i] = hit + 2 * (random() + random() + random() - 1.5);
      }
      writeWhole(out, new Uint8Array(row.buffer));
    }
  }
  closeSync(out);
  closeSync(truth);
  return { prediction, target };
}

function writeWhole(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
