import type { Labels, Reals } from './reals.ts';

/** Touching pixels of one class whose loss is high. */
export interface Region {
  readonly label: number;
  readonly pixels: number;
  readonly loss: number;
  /** First index and the one after the last along each axis, as slices take them: [y0, x0, y1, x1]. */
  readonly box: readonly number[];
}

/**
 * The regions of one image whose pixels lose at least `bound` each (at most `ceiling` counted): pixels of one label that touch, corners
 * included. Only the `most` that lose most are kept, the worst first.
 */
export function worstRegions(
  losses: Reals,
  labels: Labels,
  shape: readonly number[],
  bound: number,
  ceiling: number,
  most: number,
): Region[] {
  const seen = new Uint8Array(labels.length);
  const stack: number[] = [];
  const [depth, height, width] = [shape.length > 2 ? shape[0] : 1, shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  let kept: Region[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (seen[start] === 1 || labels[start] < 0 || !(losses[start] >= bound)) continue;
    const label = labels[start];
    const low = [depth, height, width];
    const high = [0, 0, 0];
    let pixels = 0;
    let loss = 0;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop() ?? 0;
      const x = at % width;
      const y = Math.floor(at / width) % height;
      const z = Math.floor(at / (width * height));
      pixels++;
      loss += Math.min(losses[at], ceiling);
      [z, y, x].forEach((position, axis) => {
        low[axis] = Math.min(low[axis], position);
        high[axis] = Math.max(high[axis], position + 1);
      });
      for (let c = Math.max(0, z - 1); c <= Math.min(depth - 1, z + 1); c++) {
        for (let b = Math.max(0, y - 1); b <= Math.min(height - 1, y + 1); b++) {
          for (let a = Math.max(0, x - 1); a <= Math.min(width - 1, x + 1); a++) {
            const next = (c * height + b) * width + a;
            if (seen[next] === 1 || labels[next] !== label || !(losses[next] >= bound)) continue;
            seen[next] = 1;
            stack.push(next);
          }
        }
      }
    }
    const axes = Math.min(3, Math.max(2, shape.length));
    kept.push({ label, pixels, loss, box: [...low.slice(-axes), ...high.slice(-axes)] });
    if (kept.length > 8 * most) kept = heaviest(kept, most);
  }
  return heaviest(kept, most);
}

function heaviest(regions: readonly Region[], most: number): Region[] {
  return [...regions].sort((a, b) => b.loss - a.loss).slice(0, most);
}
