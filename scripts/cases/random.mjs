// A seeded source of numbers. Only 32-bit integer arithmetic and additions, so every machine draws the same ones.

/** Small fast counter generator (sfc32) over four words spread from the seed. */
export function randomFrom(seed) {
  let [a, b, c, count] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const word = () => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 20; warm++) word();

  const uniform = () => word() / 4294967296;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    /** Near enough to a bell curve, and free of log and cos, whose last bit differs between machines. */
    normal() {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += uniform();
      return sum;
    },
  };
}
