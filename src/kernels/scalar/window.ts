import type { Plane } from './gather.ts';
import { type BoxAxis, type Numbers, readBox, type Stored } from './stored.ts';

/** Numbers of a window: where the pixels of a row lie side by side in the file, and where they lie far apart. */
const usual = 1 << 19;
const scattered = 1 << 21;
/** Windows that are kept of a file: some views turn the same image in several ways at once. */
const mostWindows = 8;
/** A tile may begin in one window and end in the next, for each of its channels. */
const perImage = 2;

/** A run of pixels of all channels of an image, as they lie in a tile. */
interface Window {
  readonly plane: Plane;
  readonly values: Numbers;
  /** Pixels [first, end). */
  readonly first: number;
  readonly end: number;
}

/** The windows on each file, the last used one last. */
const windows = new WeakMap<Stored, Window[]>();

/** As `gather`, from numbers in a file: the pixels around them are read too, of all channels, in the order of the file. */
export function gatherStored(data: Stored, plane: Plane, start: number, count: number, out: Numbers, at: number): void {
  for (let done = 0; done < count; ) {
    const pixel = start + done;
    const { values, first, end, plane: its } = windowAt(data, plane, pixel);
    const run = Math.min(end - pixel, count - done);
    const channel = channelOf(plane, its);
    const from = channel * (end - first) + pixel - first;
    out.set(values.subarray(from, from + run), at + done);
    done += run;
  }
}

function windowAt(data: Stored, plane: Plane, pixel: number): Window {
  const known = windows.get(data) ?? [];
  windows.set(data, known);
  const own = known.filter((it) => sameImage(it.plane, plane));
  const found = own.find(({ first, end }) => pixel >= first && pixel < end);
  const oldest = own.length === perImage ? own[0] : known.length === mostWindows ? known[0] : undefined;
  const left = found ?? oldest;
  if (left !== undefined) known.splice(known.indexOf(left), 1);
  const window = found ?? openWindow(data, plane, pixel, left);
  known.push(window);
  return window;
}

/** Reads a window; the memory of an old one is used again where it is large enough. */
function openWindow(data: Stored, plane: Plane, pixel: number, old: Window | undefined): Window {
  const { shape, strides } = plane;
  const { first, channels, stride } = imageOf(plane);
  const last = shape.length - 1;
  const far = strides.some((step, axis) => shape[axis] > 1 && Math.abs(step) < Math.abs(strides[last]));
  const budget = far ? scattered : usual;
  // Whole rows, planes, ... as far as they fit, and a range along one axis.
  let axis = 0;
  let unit = shape.reduce((a, b) => a * b, 1) / shape[0];
  while (axis < last && unit * channels > budget) unit /= shape[++axis];
  const length = shape[axis];
  const begin = Math.floor(pixel / unit) % length;
  const range = Math.min(length - begin, Math.max(1, Math.floor(budget / (unit * channels))));
  const from = Math.floor(pixel / unit) * unit;
  const size = range * unit;
  const axes: BoxAxis[] = [{ length: channels, stride, to: size }];
  let to = 1;
  for (let k = last; k >= axis; k--) {
    axes.push({ length: k === axis ? range : shape[k], stride: strides[k], to });
    to *= shape[k];
  }
  let base = first;
  let rest = Math.floor(pixel / unit);
  for (let k = axis; k >= 0; k--) {
    base += (rest % shape[k]) * strides[k];
    rest = Math.floor(rest / shape[k]);
  }
  const values = old !== undefined && old.values.length >= channels * size ? old.values : data.room(channels * size);
  readBox(data, base, axes, values);
  return { plane, values, first: from, end: from + size };
}

function sameImage(a: Plane, b: Plane): boolean {
  const [own, other] = [imageOf(a), imageOf(b)];
  return (
    own.first === other.first &&
    own.channels === other.channels &&
    own.stride === other.stride &&
    a.shape.length === b.shape.length &&
    a.shape.every((length, axis) => length === b.shape[axis] && a.strides[axis] === b.strides[axis])
  );
}

/** Which channel of a window's image a plane is. */
function channelOf(plane: Plane, its: Plane): number {
  const { first, stride, channels } = imageOf(its);
  return channels === 1 ? 0 : Math.round((plane.base - first) / stride);
}

function imageOf({ base, among }: Plane): NonNullable<Plane['among']> {
  return among ?? { first: base, channels: 1, stride: 0 };
}
