import * as scalar from '../scalar/lovasz.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

// Arrays have room for four values more than they hold.

/** Singles of scratch to rank so many errors. */
export function lovaszScratch(count: number): number {
  return 3 * 2048 + 4 * count;
}

export function lovaszExtension(errors: Reals, truth: Reals, labels: Labels, least: number, steps: Reals): number {
  const engine = engineOf(errors, truth, labels, steps);
  if (engine === undefined) return scalar.lovaszExtension(errors, truth, labels, least, steps);
  const scratch = engine.row(lovaszScratch(errors.length)).byteOffset;
  const given = [errors, truth, labels].map(({ byteOffset }) => byteOffset);
  return engine.count.lovaszExtension(...given, least, steps.byteOffset, scratch, errors.length);
}

export function absoluteErrors(p: Reals, g: Reals, errors: Reals): void {
  const engine = engineOf(p, g, errors);
  if (engine === undefined) {
    scalar.absoluteErrors(p, g, errors);
    return;
  }
  engine.run.absoluteErrors(p.byteOffset, g.byteOffset, errors.byteOffset, p.length);
}

export function hingeErrors(z: Reals, g: Reals, errors: Reals): void {
  const engine = engineOf(z, g, errors);
  if (engine === undefined) {
    scalar.hingeErrors(z, g, errors);
    return;
  }
  engine.run.hingeErrors(z.byteOffset, g.byteOffset, errors.byteOffset, z.length);
}

export function absoluteSlopes(p: Reals, g: Reals, steps: Reals): void {
  const engine = engineOf(p, g, steps);
  if (engine === undefined) {
    scalar.absoluteSlopes(p, g, steps);
    return;
  }
  engine.run.absoluteSlopes(p.byteOffset, g.byteOffset, steps.byteOffset, p.length);
}

export function hingeSlopes(errors: Reals, g: Reals, steps: Reals): void {
  const engine = engineOf(errors, g, steps);
  if (engine === undefined) {
    scalar.hingeSlopes(errors, g, steps);
    return;
  }
  engine.run.hingeSlopes(errors.byteOffset, g.byteOffset, steps.byteOffset, errors.length);
}
