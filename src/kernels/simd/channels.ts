import * as scalar from '../scalar/channels.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

// Singles and labels have room for four values more than they hold.

export function keepValid(channel: Reals, labels: Labels, out: Reals): void {
  const engine = engineOf(channel, labels, out);
  if (engine === undefined) {
    scalar.keepValid(channel, labels, out);
    return;
  }
  engine.run.keepValid(channel.byteOffset, labels.byteOffset, out.byteOffset, out.length);
}

export function markMembers(labels: Labels, channel: number, out: Reals): void {
  const engine = engineOf(out, labels);
  if (engine === undefined) {
    scalar.markMembers(labels, channel, out);
    return;
  }
  engine.run.markMembers(labels.byteOffset, channel, out.byteOffset, out.length);
}

export function sumCovered(x: Reals, y: Reals): { both: number; all: number } {
  const engine = engineOf(x, y);
  if (engine === undefined) return scalar.sumCovered(x, y);
  const sums = engine.sums(2);
  engine.run.sumCovered(x.byteOffset, y.byteOffset, sums.byteOffset, x.length);
  return { both: sums[0], all: sums[1] };
}

export function blend(a: number, x: Reals, b: number, labels: Labels, out: Reals): void {
  const engine = engineOf(x, labels, out);
  if (engine === undefined) {
    scalar.blend(a, x, b, labels, out);
    return;
  }
  engine.run.blend(a, x.byteOffset, b, labels.byteOffset, out.byteOffset, out.length);
}

/** Takes two arrays of the size of the picture to work in: places and values. */
export function collect(x: Reals, places: Int32Array, values: Reals): scalar.Sparse {
  const engine = engineOf(x, places, values);
  if (engine === undefined) return scalar.collect(x);
  const found = engine.count.collect(x.byteOffset, places.byteOffset, values.byteOffset, x.length);
  return { at: places.slice(0, found), values: values.slice(0, found) };
}
