import * as scalar from '../scalar/edges.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

// Signed squares of distances. Arrays have room for four values more than they hold.

export function aboveHalf(x: Reals, members: Int16Array): number {
  const engine = engineOf(x, members);
  if (engine === undefined) return scalar.aboveHalf(x, members);
  return engine.count.aboveHalf(x.byteOffset, members.byteOffset, members.length);
}

export function signSquares(squared: Reals, members: Int16Array, out: Reals): void {
  const engine = engineOf(squared, members, out);
  if (engine === undefined) scalar.signSquares(squared, members, out);
  else engine.run.signSquares(squared.byteOffset, members.byteOffset, out.byteOffset, out.length);
}

export function sumSides(squares: Reals, labels: Labels, ring: number): { inside: number; outside: number } {
  const engine = engineOf(squares, labels);
  if (engine === undefined) return scalar.sumSides(squares, labels, ring);
  const sums = engine.sums(2);
  engine.run.sumSides(squares.byteOffset, labels.byteOffset, ring, sums.byteOffset, squares.length);
  return { inside: sums[0], outside: sums[1] };
}

export function sumSigned(p: Reals, squares: Reals, labels: Labels, ring: number, count: number): number {
  const engine = engineOf(p, squares, labels);
  if (engine === undefined) return scalar.sumSigned(p, squares, labels, ring, count);
  const sums = engine.sums(1);
  engine.run.sumSigned(p.byteOffset, squares.byteOffset, labels.byteOffset, ring, sums.byteOffset, count);
  return sums[0];
}

export function addSigned(
  squares: Reals,
  labels: Labels,
  ring: number,
  factor: number,
  out: Reals,
  count: number,
): void {
  const engine = engineOf(squares, labels, out);
  if (engine === undefined) scalar.addSigned(squares, labels, ring, factor, out, count);
  else engine.run.addSigned(squares.byteOffset, labels.byteOffset, ring, factor, out.byteOffset, count);
}

export function weighErrors(p: Reals, g: Reals, ours: Reals, theirs: Reals, alpha: number, slopes: Reals): number {
  const engine = engineOf(p, g, ours, theirs, slopes);
  if (engine === undefined) return scalar.weighErrors(p, g, ours, theirs, alpha, slopes);
  const sums = engine.sums(1);
  const places = [p, g, ours, theirs].map(({ byteOffset }) => byteOffset);
  engine.run.weighErrors(...places, alpha, slopes.byteOffset, sums.byteOffset, p.length);
  return sums[0];
}
