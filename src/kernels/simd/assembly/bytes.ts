/** See countBytes of the scalar kernels; the counts are integers. */
export function countBytes(bytes: usize, counts: usize, count: i32): void {
  const end = bytes + <usize>count;
  const whole = bytes + (<usize>count & ~3);
  let at = bytes;
  while (at < whole) {
    const word = load<u32>(at);
    let next = at + 4;
    while (next < whole && load<u32>(next) == word) next += 4;
    const times = <i32>((next - at) >> 2);
    add(counts, word & 255, times);
    add(counts, (word >> 8) & 255, times);
    add(counts, (word >> 16) & 255, times);
    add(counts, word >> 24, times);
    at = next;
  }
  for (; at < end; at++) add(counts, <u32>load<u8>(at), 1);
}

@inline
function add(counts: usize, byte: u32, times: i32): void {
  const at = counts + ((<usize>byte) << 2);
  store<i32>(at, load<i32>(at) + times);
}

/** See mapBytes of the scalar kernels; entries of the table are four bytes of any kind. */
export function mapBytes(bytes: usize, table: usize, out: usize, count: i32): void {
  let last: u32 = 0;
  let four = fourOf(last, table);
  const whole = <usize>count & ~3;
  for (let i: usize = 0; i < whole; i += 4) {
    const word = load<u32>(bytes + i);
    if (word != last) {
      last = word;
      four = fourOf(word, table);
    }
    v128.store(out + (i << 2), four);
  }
  for (let i: usize = whole; i < <usize>count; i++) store<u32>(out + (i << 2), entry(load<u8>(bytes + i), table));
}

@inline
function fourOf(word: u32, table: usize): v128 {
  return i32x4(
    entry(word & 255, table),
    entry((word >> 8) & 255, table),
    entry((word >> 16) & 255, table),
    entry(word >> 24, table),
  );
}

@inline
function entry(byte: u32, table: usize): i32 {
  return load<i32>(table + ((<usize>byte) << 2));
}

/** See binaryRows of the scalar kernels. */
export function binaryRows(targets: usize, labels: usize, out: usize, count: i32): void {
  const half = f32x4.splat(0.5);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const hit = v128.and(f32x4.gt(v128.load(targets + i), half), i32x4.splat(1));
    v128.store(out + i, v128.bitselect(i32x4.splat(-1), hit, i32x4.lt_s(y, i32x4.splat(0))));
  }
}
