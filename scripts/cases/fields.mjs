// Smooth random fields on grids of any rank: what makes shapes wobble and networks err in patches instead of in pixels.

const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);

/** Calls `visit(start, step, length)` for every line of the grid along one axis. */
function forEachLine(shape, axis, visit) {
  const step = sizeOf(shape.slice(axis + 1));
  const length = shape[axis];
  for (let outer = 0; outer < sizeOf(shape.slice(0, axis)); outer++)
    for (let inner = 0; inner < step; inner++) visit(outer * length * step + inner, step, length);
}

/** Three box passes per axis come close to a Gaussian. At the rim the window shrinks instead of inventing neighbours. */
export function blur(field, shape, radius) {
  let from = Float64Array.from(field);
  if (radius < 1) return from;
  let to = new Float64Array(from.length);
  for (let axis = 0; axis < shape.length; axis++)
    for (let pass = 0; pass < 3; pass++) {
      forEachLine(shape, axis, (start, step, length) => {
        for (let i = 0; i < length; i++) {
          const low = Math.max(0, i - radius);
          const high = Math.min(length - 1, i + radius);
          let sum = 0;
          for (let j = low; j <= high; j++) sum += from[start + j * step];
          to[start + i * step] = sum / (high - low + 1);
        }
      });
      [from, to] = [to, from];
    }
  return from;
}

/** Correlated noise with mean 0 and deviation 1. */
export function smoothNoise(random, shape, radius) {
  const white = Float64Array.from({ length: sizeOf(shape) }, random.normal);
  const field = blur(white, shape, radius);
  const mean = field.reduce((sum, x) => sum + x, 0) / field.length;
  const variance = field.reduce((sum, x) => sum + (x - mean) ** 2, 0) / field.length;
  return field.map((x) => (x - mean) / Math.sqrt(variance));
}

/** The value that `share` of the numbers exceed. */
export function upperQuantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share)))];
}

/** True on the lower-numbered side of every outline, diagonals included: one pixel of void, leaning in no direction. */
export function labelRim(ids, [height, width]) {
  const rim = new Uint8Array(ids.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
          if (ids[v * width + u] > ids[y * width + x]) rim[y * width + x] = 1;
  return rim;
}
