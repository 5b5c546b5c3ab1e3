/**
 * Smooth fields on grids [H, W] or [D, H, W]: what makes outlines wobble, and networks err in patches instead of in
 * single pixels.
 */
import type { Random } from './random.ts';

export type Field = Float64Array;
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Two box passes per axis; volumes are coarser along their first axis, so less is blurred there. */
export function blur(field: Field, shape: Shape, radius: number): Field {
  let [from, to] = [Float64Array.from(field), new Float64Array(field.length)];
  for (let pass = 0; pass < 2 * shape.length; pass++) {
    const axis = pass % shape.length;
    const reach = shape.length === 3 && axis === 0 ? Math.round(radius / 3) : radius;
    if (reach < 1) continue;
    boxPass(from, to, shape[axis] ?? 1, sizeOf(shape.slice(axis + 1)), reach);
    [from, to] = [to, from];
  }
  return from;
}

/** A running mean along an axis whose neighbours stand `step` apart; at the rim the window shrinks instead of inventing any. */
function boxPass(from: Field, to: Field, length: number, step: number, reach: number): void {
  for (let start = 0; start < from.length; start += start % step === step - 1 ? 1 + (length - 1) * step : 1) {
    let sum = 0;
    for (let i = 0; i < Math.min(reach, length); i++) sum += from[start + i * step] ?? 0;
    for (let i = 0; i < length; i++) {
      if (i + reach < length) sum += from[start + (i + reach) * step] ?? 0;
      if (i > reach) sum -= from[start + (i - reach - 1) * step] ?? 0;
      to[start + i * step] = sum / (Math.min(length - 1, i + reach) - Math.max(0, i - reach) + 1);
    }
  }
}

/** Correlated noise with mean 0 and deviation 1. */
export function noise(random: Random, shape: Shape, radius: number): Field {
  const white = new Float64Array(sizeOf(shape));
  for (let i = 0; i < white.length; i++) white[i] = random.normal();
  const field = blur(white, shape, radius);
  let [sum, squares] = [0, 0];
  for (const x of field) sum += x;
  const mean = sum / field.length;
  for (const x of field) squares += (x - mean) ** 2;
  const deviation = Math.sqrt(squares / field.length);
  for (let i = 0; i < field.length; i++) field[i] = ((field[i] ?? 0) - mean) / deviation;
  return field;
}

/** Position along each axis of a pixel. */
export function placeOf(pixel: number, shape: Shape): number[] {
  const place = new Array<number>(shape.length).fill(0);
  let rest = pixel;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    place[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return place;
}

/** Every pixel looks where `from` says; places outside stop at the rim. */
export function gathered<A extends Field | Uint8Array>(
  field: A,
  shape: Shape,
  from: (place: number[]) => number[],
  result = shape,
): A {
  const out = new (field.constructor as new (n: number) => A)(sizeOf(result));
  for (let pixel = 0; pixel < out.length; pixel++) {
    const source = from(placeOf(pixel, result));
    let at = 0;
    shape.forEach((length, axis) => {
      at = at * length + Math.min(length - 1, Math.max(0, Math.round(source[axis] ?? 0)));
    });
    out[pixel] = field[at] ?? 0;
  }
  return out;
}

/** What is left of a field after it went through a grid that is coarser by `factor`, as decoders without a full-size stage make it. */
export function throughCoarse(field: Field, [height = 1, width = 1]: Shape, factor: number): Field {
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const coarse = new Float64Array(rows * columns);
  const members = new Float64Array(rows * columns);
  for (let i = 0; i < field.length; i++) {
    const cell = Math.floor(Math.floor(i / width) / factor) * columns + Math.floor((i % width) / factor);
    coarse[cell] = (coarse[cell] ?? 0) + (field[i] ?? 0);
    members[cell] = (members[cell] ?? 0) + 1;
  }
  const value = (y: number, x: number): number => {
    const cell = Math.min(rows - 1, Math.max(0, y)) * columns + Math.min(columns - 1, Math.max(0, x));
    return (coarse[cell] ?? 0) / (members[cell] ?? 1);
  };
  return field.map((_, i) => {
    const y = (Math.floor(i / width) + 0.5) / factor - 0.5;
    const x = ((i % width) + 0.5) / factor - 0.5;
    const [v, u] = [Math.floor(y), Math.floor(x)];
    const [fy, fx] = [y - v, x - u];
    const upper = (1 - fx) * value(v, u) + fx * value(v, u + 1);
    return (1 - fy) * upper + fy * ((1 - fx) * value(v + 1, u) + fx * value(v + 1, u + 1));
  });
}

/** The value that `share` of the numbers exceed. */
export function upperQuantile(values: Field, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share)))] ?? 0;
}
