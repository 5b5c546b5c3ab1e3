import { addLines, copyLine, copySlopes, lineBytes } from './lines';

/** Adds to `into` what flows back through an erosion: to the least of a pixel and its neighbours, the first along an axis, axes that tie share. */
export function erodeBackward(
  x: usize,
  slopes: usize,
  into: usize,
  depth: i32,
  height: i32,
  width: i32,
  volume: i32,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  const bytes = lineBytes(width);
  const line = scratch + 16;
  const slope = line + bytes;
  const own = slope + bytes;
  const before = own + bytes;
  const after = before + bytes;
  const beyond = after + bytes;
  // Where there is no neighbour: it is never the least, and what is added there is 0.
  const nowhere = beyond + bytes;
  memory.fill(scratch, 0, 7 * bytes + 16);
  for (let i: usize = 0; i < row; i += 16) v128.store(beyond + i, f32x4.splat(Infinity));
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, x += row, slopes += row, into += row) {
      if (!copySlopes(slopes, slope, width)) continue;
      copyLine(x, line, width, Infinity);
      const up = y > 0 ? x - row : beyond;
      const down = y + 1 < height ? x + row : beyond;
      const toUp = y > 0 ? into - row : nowhere;
      const toDown = y + 1 < height ? into + row : nowhere;
      const front = z > 0 ? x - plane : beyond;
      const back = z + 1 < depth ? x + plane : beyond;
      const toFront = z > 0 ? into - plane : nowhere;
      const toBack = z + 1 < depth ? into + plane : nowhere;
      for (let i: usize = 0; i < row; i += 16) {
        const self = v128.load(line + i);
        const left = v128.load(line + i - 4);
        const right = v128.load(line + i + 4);
        const above = v128.load(up + i);
        const below = v128.load(down + i);
        const across = f32x4.pmin(f32x4.pmin(left, right), self);
        const along = f32x4.pmin(f32x4.pmin(above, below), self);
        const all = v128.load(slope + i);
        let through = f32x4.splat(Infinity);
        let first = along;
        if (volume != 0) {
          through = f32x4.pmin(f32x4.pmin(v128.load(front + i), v128.load(back + i)), self);
          first = f32x4.pmin(through, along);
        }
        const rest = shareOf(all, first, across);
        const aside = f32x4.sub(all, rest);
        const deep = volume != 0 ? shareOf(rest, through, along) : f32x4.splat(0);
        const upright = f32x4.sub(rest, deep);
        let here = f32x4.add(
          v128.and(aside, second(left, self, across)),
          v128.and(upright, second(above, self, along)),
        );
        v128.store(before + i, v128.and(aside, f32x4.eq(left, across)));
        v128.store(after + i, v128.andnot(aside, either(left, self, across)));
        addTo(toUp + i, v128.and(upright, f32x4.eq(above, along)));
        addTo(toDown + i, v128.andnot(upright, either(above, self, along)));
        if (volume != 0) {
          const behind = v128.load(front + i);
          here = f32x4.add(here, v128.and(deep, second(behind, self, through)));
          addTo(toFront + i, v128.and(deep, f32x4.eq(behind, through)));
          addTo(toBack + i, v128.andnot(deep, either(behind, self, through)));
        }
        v128.store(own + i, here);
      }
      addLines(into, own, before, after, width);
    }
  }
}

/** What the axis of `a` gets of a slope: all where it is less than `b`, half where they are equal, else nothing. */
@inline
function shareOf(slope: v128, a: v128, b: v128): v128 {
  const half = v128.and(f32x4.mul(slope, f32x4.splat(0.5)), f32x4.eq(a, b));
  return v128.or(half, v128.and(slope, f32x4.lt(a, b)));
}

@inline
function either(first: v128, self: v128, least: v128): v128 {
  return v128.or(f32x4.eq(first, least), f32x4.eq(self, least));
}

/** True where a pixel is the least and the neighbour before it is not. */
@inline
function second(first: v128, self: v128, least: v128): v128 {
  return v128.andnot(f32x4.eq(self, least), f32x4.eq(first, least));
}

@inline
function addTo(at: usize, value: v128): void {
  v128.store(at, f32x4.add(v128.load(at), value));
}

/** Adds to `into` what flows back through a dilation: to the largest of the square or cube around every pixel, the first of equals. */
export function dilateBackward(
  x: usize,
  slopes: usize,
  into: usize,
  depth: i32,
  height: i32,
  width: i32,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  const bytes = lineBytes(width);
  const slope = scratch + 16;
  const lines = slope + bytes;
  const hits = lines + 9 * bytes;
  memory.fill(scratch, 0, 37 * bytes + 16);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, slopes += row) {
      if (!copySlopes(slopes, slope, width)) continue;
      let count = 0;
      for (let k = max(z - 1, 0); k <= min(z + 1, depth - 1); k++) {
        for (let j = max(y - 1, 0); j <= min(y + 1, height - 1); j++, count++) {
          copyLine(x + <usize>k * plane + <usize>j * row, lines + <usize>count * bytes, width, -Infinity);
        }
      }
      shareOut(slope, lines, hits, row, bytes, count);
      count = 0;
      for (let k = max(z - 1, 0); k <= min(z + 1, depth - 1); k++) {
        for (let j = max(y - 1, 0); j <= min(y + 1, height - 1); j++, count++) {
          const own = hits + <usize>(3 * count) * bytes;
          addLines(into + <usize>k * plane + <usize>j * row, own + bytes, own, own + 2 * bytes, width);
        }
      }
    }
  }
}

/** Hands each slope of a row to the first of its largest neighbours: three lines of `hits` per line of numbers, before, at and after. */
function shareOut(slope: usize, lines: usize, hits: usize, row: usize, bytes: usize, count: i32): void {
  const end = lines + <usize>count * bytes;
  for (let i: usize = 0; i < row; i += 16) {
    let most = f32x4.splat(-Infinity);
    for (let at = lines + i; at < end; at += bytes) {
      most = f32x4.pmax(most, f32x4.pmax(f32x4.pmax(v128.load(at - 4), v128.load(at)), v128.load(at + 4)));
    }
    let left = v128.load(slope + i);
    let to = hits + i;
    for (let at = lines + i; at < end; at += bytes, to += 3 * bytes) {
      left = take(left, f32x4.eq(v128.load(at - 4), most), to);
      left = take(left, f32x4.eq(v128.load(at), most), to + bytes);
      left = take(left, f32x4.eq(v128.load(at + 4), most), to + 2 * bytes);
    }
  }
}

/** Writes what is taken of the slopes that are left, and returns the rest. */
@inline
function take(left: v128, hit: v128, to: usize): v128 {
  v128.store(to, v128.and(left, hit));
  return v128.andnot(left, hit);
}
