import * as scalar from '../scalar/bytes.ts';
import { binaryRows as scalarRows } from '../scalar/labels.ts';
import type { Reals } from '../scalar/reals.ts';
import { type Engine, engineAt, engineOf, returnEngine, takeEngine } from './engine.ts';

/** Bytes that go to the memory of the engine at a time. */
const most = 65_536;

/** Adds how often each byte occurs to 256 counts: see the scalar kernel. */
export function countBytes(bytes: Uint8Array, counts: Float64Array): void {
  const engine = takeEngine();
  const own = engine?.integers(256);
  if (!engine || !own) {
    scalar.countBytes(bytes, counts);
    return;
  }
  for (let at = 0; at < bytes.length; at += most) {
    const run = bytes.subarray(at, at + most);
    engine.run.countBytes(copied(run, engine), own.byteOffset, run.length);
  }
  for (let byte = 0; byte < 256; byte++) counts[byte] += own[byte];
  returnEngine(engine);
}

/** What a table of 256 says of every byte: see the scalar kernel. */
export function mapBytes(bytes: Uint8Array, table: Int32Array | Float64Array, out: Int32Array | Reals): void {
  const engine = out instanceof Float64Array || bytes.length > most ? undefined : engineAt(out);
  if (engine === undefined) {
    scalar.mapBytes(bytes, table, out);
    return;
  }
  const from = copied(bytes, engine, 256);
  const { buffer } = out;
  const entries =
    out instanceof Int32Array ? new Int32Array(buffer, from - 1024, 256) : new Float32Array(buffer, from - 1024, 256);
  entries.set(table);
  engine.run.mapBytes(from, from - 1024, out.byteOffset, bytes.length);
}

/** Puts bytes into the row of an engine, behind so many singles; gives where they begin. */
function copied(bytes: Uint8Array, engine: Engine, singles = 0): number {
  const row = engine.row(singles + (most >> 2));
  const own = new Uint8Array(row.buffer, row.byteOffset + 4 * singles, bytes.length);
  own.set(bytes);
  return own.byteOffset;
}

/** 1 where the target is above 1/2, else 0; -1 stays -1: see the scalar kernel. */
export function binaryRows(targets: Reals, labels: Int32Array, out: Int32Array, count: number): void {
  const engine = engineOf(targets, labels, out);
  if (engine === undefined) scalarRows(targets, labels, out, count);
  else engine.run.binaryRows(targets.byteOffset, labels.byteOffset, out.byteOffset, count);
}
