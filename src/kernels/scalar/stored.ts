/** Any typed array of numbers. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers that stay in a file: `read` puts [from, from + count) into an array made by `room`, or one that fits as well, from `at` on. */
export interface Stored {
  readonly length: number;
  room(length: number): Numbers;
  fits(out: Numbers): boolean;
  read(from: number, count: number, out: Numbers, at: number): void;
}

/** True for numbers that have to be read first. */
export function isStored(data: ArrayLike<number> | Stored): data is Stored {
  return 'read' in data;
}

/** Numbers around the one that was looked up last in a file: as many cost hardly more than one. */
const around = 1024;
const looks = new WeakMap<Stored, { readonly values: Numbers; from: number }>();

/** One number, wherever it is; 0 beyond the end. For a look here and there: a far one from a file is a call to the system. */
export function numberAt(data: ArrayLike<number> | Stored, index: number): number {
  if (!(index >= 0 && index < data.length)) return 0;
  if (!isStored(data)) return data[index];
  const look = looks.get(data) ?? { values: data.room(around), from: -around };
  looks.set(data, look);
  const from = index - (index % around);
  if (look.from !== from) {
    look.from = -around;
    data.read(from, Math.min(around, data.length - from), look.values, 0);
    look.from = from;
  }
  return look.values[index - from];
}

/** Visits all numbers in the order of the memory or of the file; of a file, `run` at a time. */
export function eachRun(data: Numbers | Stored, run: number, visit: (values: Numbers) => void): void {
  if (!isStored(data)) {
    visit(data);
    return;
  }
  const values = data.room(Math.min(run, data.length));
  for (let at = 0; at < data.length; at += run) {
    const count = Math.min(run, data.length - at);
    data.read(at, count, values, 0);
    visit(values.subarray(0, count));
  }
}

/** One axis of a box of numbers: how many, how far apart in the file, and how far apart where they go. */
export interface BoxAxis {
  readonly length: number;
  readonly stride: number;
  readonly to: number;
}

/** Numbers per read at most: with what is picked from it, it stays in the cache. */
const mostAtOnce = 65_536;
/** Numbers that are rather read and passed over than skipped by another call, which costs as much as some KB. */
const widestGap = 1024;

/** Reads a box in the order of the file, in few large reads: number [i, j, ...], at base + i * stride + ..., goes to i * to + ... */
export function readBox(data: Stored, base: number, axes: readonly BoxAxis[], out: Numbers): void {
  const wide = axes.filter(({ length }) => length > 1).sort((a, b) => Math.abs(a.stride) - Math.abs(b.stride));
  let span = 1;
  let whole = 0;
  const near = (axis: BoxAxis | undefined): boolean => axis !== undefined && Math.abs(axis.stride) - span <= widestGap;
  while (near(wide[whole]) && reach(wide[whole]) + span <= mostAtOnce) span += reach(wide[whole++]);
  const inner = wide.slice(0, whole);
  const split = near(wide[whole]) ? wide[whole] : undefined;
  const outer = wide.slice(split === undefined ? whole : whole + 1);
  if (split === undefined) {
    readRuns(data, base, inner, outer, span, out);
    return;
  }
  const step = Math.floor((mostAtOnce - span) / Math.abs(split.stride)) + 1;
  const scratch = scratchOf(data, span + (step - 1) * Math.abs(split.stride));
  eachIndex(outer, base, 0, (from, to) => {
    for (let done = 0; done < split.length; done += step) {
      const length = Math.min(step, split.length - done);
      readNear(data, from + done * split.stride, [...inner, { ...split, length }], scratch, out, to + done * split.to);
    }
  });
}

/** Runs that are put side by side: as many numbers as go to one line of the cache. */
const sideBySide = 16;

/** Reads a box run by run. Where neighbours come from different runs, several are read before they are put in their places. */
function readRuns(
  data: Stored,
  base: number,
  inner: readonly BoxAxis[],
  outer: readonly BoxAxis[],
  span: number,
  out: Numbers,
): void {
  const row = outer.find(({ to }) => to === 1);
  const step = Math.max(1, Math.min(sideBySide, Math.floor(mostAtOnce / span)));
  const scratch = scratchOf(data, span * step);
  if (row === undefined) {
    eachIndex(outer, base, 0, (from, to) => readNear(data, from, inner, scratch, out, to));
    return;
  }
  const lowest = lowestOf(inner);
  const others = outer.filter((axis) => axis !== row);
  eachIndex(others, base, 0, (from, to) => {
    for (let done = 0; done < row.length; done += step) {
      const length = Math.min(step, row.length - done);
      for (let k = 0; k < length; k++) data.read(from + (done + k) * row.stride + lowest, span, scratch, k * span);
      scatter(scratch, -lowest, [{ length, stride: span, to: 1 }, ...inner], out, to + done);
    }
  });
}

const scratches = new WeakMap<Stored, Numbers>();

function scratchOf(data: Stored, length: number): Numbers {
  const known = scratches.get(data);
  if (known !== undefined && known.length >= length) return known;
  const made = data.room(length);
  scratches.set(data, made);
  return made;
}

/** Numbers from the first to the last of an axis. */
function reach({ length, stride }: BoxAxis): number {
  return (length - 1) * Math.abs(stride);
}

/** A box that one read covers. */
function readNear(
  data: Stored,
  first: number,
  axes: readonly BoxAxis[],
  scratch: Numbers,
  out: Numbers,
  to: number,
): void {
  const span = axes.reduce((sum, axis) => sum + reach(axis), 1);
  if (axes.every(({ stride, to: step }) => stride === step) && isDense(axes)) {
    data.read(first, span, out, to);
    return;
  }
  const lowest = lowestOf(axes);
  data.read(first + lowest, span, scratch, 0);
  scatter(scratch, -lowest, axes, out, to);
}

/** The least number along some axes, from the first. */
function lowestOf(axes: readonly BoxAxis[]): number {
  return axes.reduce((at, { length, stride }) => at + Math.min(0, (length - 1) * stride), 0);
}

const single: BoxAxis = { length: 1, stride: 1, to: 1 };

/** Puts the numbers of a box that has been read in their places. */
function scatter(scratch: Numbers, first: number, axes: readonly BoxAxis[], out: Numbers, to: number): void {
  const [row = single, next = single, ...rest] = [...axes].sort((a, b) => a.to - b.to);
  eachIndex(rest, first, to, (from, at) => {
    for (let k = 0; k < next.length; k++) {
      copyRow(scratch, from + k * next.stride, row.stride, out, at + k * next.to, row.to, row.length);
    }
  });
}

function copyRow(
  from: Numbers,
  first: number,
  stride: number,
  out: Numbers,
  at: number,
  to: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[at + i * to] = from[first + i * stride];
}

/** True when a box has no gaps. */
function isDense(axes: readonly BoxAxis[]): boolean {
  let next = 1;
  for (const { length, stride } of axes) {
    if (stride !== next) return false;
    next *= length;
  }
  return true;
}

/** Visits every index along some axes, the last one slowest. */
function eachIndex(
  axes: readonly BoxAxis[],
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  const axis = axes.at(-1);
  if (axis === undefined) {
    visit(from, to);
    return;
  }
  const rest = axes.slice(0, -1);
  for (let i = 0; i < axis.length; i++) eachIndex(rest, from + i * axis.stride, to + i * axis.to, visit);
}
