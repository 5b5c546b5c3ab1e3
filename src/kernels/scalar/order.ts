/** Which half of a double is the lower one here. */
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

/** The indices of some numbers from the largest to the least, equal ones in their order; NaN anywhere. */
export function fallingOrder(values: Float64Array): Uint32Array {
  const size = values.length;
  const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * size);
  let order = Uint32Array.from({ length: size }, (_, i) => i);
  let next = new Uint32Array(size);
  const keys = new Uint32Array(size);
  // Digits of 8 bits from the last to the first: each pass keeps the order of the one before among equals.
  for (const half of [LOW, 1 - LOW]) {
    const mask = half === LOW ? 0xffff_ffff : 0x7fff_ffff;
    for (let i = 0; i < size; i++) {
      // The bits of a negative number rise as it falls, those of the others have to be turned.
      const bits = halves[2 * i + half];
      keys[i] = halves[2 * i + 1 - LOW] >= 0x8000_0000 ? bits : ~bits & mask;
    }
    for (let shift = 0; shift < 32; shift += 8) {
      const ends = new Uint32Array(257);
      for (let i = 0; i < size; i++) ends[((keys[i] >>> shift) & 255) + 1]++;
      if (ends.includes(size)) continue;
      for (let digit = 0; digit < 256; digit++) ends[digit + 1] += ends[digit];
      for (let k = 0; k < size; k++) next[ends[(keys[order[k]] >>> shift) & 255]++] = order[k];
      [order, next] = [next, order];
    }
  }
  return order;
}
