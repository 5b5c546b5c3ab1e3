import { copyLine, repeatEnds } from './lines';

// The windows of soft skeletons over finite numbers, row by row: see the scalar kernels.

/** The least of every pixel and its neighbours along each axis. */
export function erode(x: usize, out: usize, depth: i32, height: i32, width: i32, scratch: usize): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  const line = scratch + 16;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, x += row, out += row) {
      const up = y > 0 ? x - row : x;
      const down = y + 1 < height ? x + row : x;
      const front = z > 0 ? x - plane : x;
      const back = z + 1 < depth ? x + plane : x;
      copyLine(x, line, width, Infinity);
      for (let i: usize = 0; i < row; i += 16) {
        const columns = f32x4.pmin(v128.load(up + i), v128.load(down + i));
        const planes = f32x4.pmin(v128.load(front + i), v128.load(back + i));
        const sides = f32x4.pmin(v128.load(line + i - 4), v128.load(line + i + 4));
        const least = f32x4.pmin(f32x4.pmin(columns, planes), f32x4.pmin(sides, v128.load(line + i)));
        v128.store(out + i, least);
      }
    }
  }
}

/** The largest value of the square or cube around every pixel. */
export function dilate(x: usize, out: usize, depth: i32, height: i32, width: i32, scratch: usize): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  const line = scratch + 16;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, x += row, out += row) {
      const up = y > 0 ? row : 0;
      const down = y + 1 < height ? row : 0;
      columnsOf(x, up, down, line, row);
      if (z > 0) raise(x - plane, up, down, line, row);
      if (z + 1 < depth) raise(x + plane, up, down, line, row);
      repeatEnds(line, width);
      for (let i: usize = 0; i < row; i += 16) {
        const sides = f32x4.pmax(v128.load(line + i - 4), v128.load(line + i + 4));
        v128.store(out + i, f32x4.pmax(sides, v128.load(line + i)));
      }
    }
  }
}

@inline
function largestOf(x: usize, up: usize, down: usize): v128 {
  return f32x4.pmax(f32x4.pmax(v128.load(x - up), v128.load(x)), v128.load(x + down));
}

@inline
function columnsOf(x: usize, up: usize, down: usize, line: usize, row: usize): void {
  for (let i: usize = 0; i < row; i += 16) v128.store(line + i, largestOf(x + i, up, down));
}

@inline
function raise(x: usize, up: usize, down: usize, line: usize, row: usize): void {
  for (let i: usize = 0; i < row; i += 16) {
    v128.store(line + i, f32x4.pmax(v128.load(line + i), largestOf(x + i, up, down)));
  }
}

/** Adds to a skeleton what an opening takes away. */
export function grow(skeleton: usize, x: usize, opened: usize, out: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const before = v128.load(skeleton + i);
    const delta = f32x4.pmax(zero, f32x4.sub(v128.load(x + i), v128.load(opened + i)));
    const more = f32x4.pmax(zero, f32x4.sub(delta, f32x4.mul(before, delta)));
    v128.store(out + i, f32x4.add(before, more));
  }
}

/** Back through `grow`: the slopes at the opened picture take its place, those at the skeleton before take those at the one after. */
export function growBackward(
  skeleton: usize,
  x: usize,
  opened: usize,
  atSkeleton: usize,
  atImage: usize,
  count: i32,
): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const before = v128.load(skeleton + i);
    const delta = f32x4.pmax(zero, f32x4.sub(v128.load(x + i), v128.load(opened + i)));
    const used = f32x4.mul(before, delta);
    const slope = v128.load(atSkeleton + i);
    const at = v128.and(slope, f32x4.gt(f32x4.sub(delta, used), zero));
    const image = f32x4.sub(at, f32x4.mul(at, before));
    v128.store(atImage + i, image);
    v128.store(opened + i, f32x4.neg(image));
    v128.store(atSkeleton + i, f32x4.sub(slope, f32x4.mul(at, delta)));
  }
}

