import type { Plane, Planes } from './gather.ts';
import { type BoxAxis, type Numbers, readBox, type Stored } from './stored.ts';

/**
 * Bytes of a window: where the pixels of a row lie side by side in the file, and where they lie far apart. There what is needed of a
 * column is a short run, and short runs are slow to read.
 */
const usual = 1 << 21;
const scattered = 1 << 25;
/** Windows that are kept of a file: some views turn the same image in several ways at once. */
const mostWindows = 8;
/** A tile may begin in one window and end in the next, for each of its channels. */
const perImage = 2;

/** A run of pixels of all channels of an image, as they lie in a tile. */
interface Window {
  readonly plane: Plane;
  readonly values: Numbers;
  /** Numbers from one plane to the next: a few more than its pixels, so that planes do not share cache sets. */
  readonly stride: number;
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
    const { values, stride, first, end } = windowAt(data, plane, pixel);
    const run = Math.min(end - pixel, count - done);
    const from = planesOf(plane).at * stride + pixel - first;
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
  const goesOn = own.some(({ end }) => end === pixel);
  const window = found ?? openWindow(data, plane, pixel, goesOn, left);
  known.push(window);
  return window;
}

/** Reads a window, a small one for a first look; the memory of an old one is used again where it is large enough. */
function openWindow(data: Stored, plane: Plane, pixel: number, goesOn: boolean, old: Window | undefined): Window {
  const { shape, strides } = plane;
  const { first: start, axes: across } = planesOf(plane);
  const planes = across.reduce((product, { length }) => product * length, 1);
  const last = shape.length - 1;
  const far = strides.some((step, axis) => shape[axis] > 1 && Math.abs(step) < Math.abs(strides[last]));
  const budget = (far && (goesOn || across.length > 1) ? scattered : usual) / data.room(0).BYTES_PER_ELEMENT;
  // Whole rows, planes, ... as far as they fit, and a range along one axis.
  let axis = 0;
  let unit = shape.reduce((a, b) => a * b, 1) / shape[0];
  while (axis < last && unit * planes > budget) unit /= shape[++axis];
  const length = shape[axis];
  const begin = Math.floor(pixel / unit) % length;
  const range = Math.min(length - begin, Math.max(1, Math.floor(budget / (unit * planes))));
  const from = Math.floor(pixel / unit) * unit;
  const size = range * unit;
  const axes: BoxAxis[] = [];
  let to = 1;
  for (let k = last; k >= axis; k--) {
    axes.push({ length: k === axis ? range : shape[k], stride: strides[k], to });
    to *= shape[k];
  }
  const apart = Math.ceil(size / 16) * 16 + 16;
  to = apart;
  for (const { length, stride } of across.toReversed()) {
    axes.push({ length, stride, to });
    to *= length;
  }
  let base = start;
  let rest = Math.floor(pixel / unit);
  for (let k = axis; k >= 0; k--) {
    base += (rest % shape[k]) * strides[k];
    rest = Math.floor(rest / shape[k]);
  }
  const values = old !== undefined && old.values.length >= planes * apart ? old.values : data.room(planes * apart);
  readBox(data, base, axes, values);
  return { plane, values, stride: apart, first: from, end: from + size };
}

function sameImage(a: Plane, b: Plane): boolean {
  const [own, other] = [planesOf(a), planesOf(b)];
  const same = (length: number, stride: number, of: Planes['axes'][number] | undefined): boolean =>
    length === of?.length && stride === of.stride;
  return (
    own.first === other.first &&
    own.axes.length === other.axes.length &&
    own.axes.every(({ length, stride }, axis) => same(length, stride, other.axes[axis])) &&
    a.shape.length === b.shape.length &&
    a.shape.every((length, axis) => length === b.shape[axis] && a.strides[axis] === b.strides[axis])
  );
}

function planesOf({ base, among }: Plane): Planes {
  return among ?? { first: base, axes: [], at: 0 };
}
