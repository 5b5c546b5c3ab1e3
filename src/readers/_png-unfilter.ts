import { refuse } from './_message.ts';
import type { Pass } from './_png-passes.ts';

/**
 * Undoes the row filters of one pass (PNG 9 "Filtering") in place and closes the gaps that the filter bytes
 * leave: row r moves r + 1 bytes towards `start`, so nothing is overwritten before it is read.
 * @param distance Bytes from a sample to the same sample of the pixel to its left; at least 1.
 * @returns The bytes of the rows, one after the other.
 */
export function unfilter(name: string, stream: Uint8Array, start: number, pass: Pass, distance: number): Uint8Array {
  const { height, rowBytes } = pass;
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const from = start + y * (rowBytes + 1);
    const coded = stream.subarray(from + 1, from + 1 + rowBytes);
    const row = stream.subarray(start + y * rowBytes, start + (y + 1) * rowBytes);
    const filter = stream[from];
    if (filter === 0) row.set(coded);
    else if (filter === 1) undoSub(row, coded, distance);
    else if (filter === 2) undoUp(row, coded, above);
    else if (filter === 3) undoAverage(row, coded, above, distance);
    else if (filter === 4) undoPaeth(row, coded, above, distance);
    else refuse(name, `has the row filter ${filter} in row ${y}, PNG allows 0-4; export it again`);
    above = row;
  }
  return stream.subarray(start, start + height * rowBytes);
}

// a: left, b: above, c: above left, as in PNG 9.2. Left of the first pixel is 0.

function undoSub(row: Uint8Array, coded: Uint8Array, distance: number): void {
  for (let i = 0; i < row.length; i++) {
    const a = i < distance ? 0 : (row[i - distance] ?? 0);
    row[i] = (coded[i] ?? 0) + a;
  }
}

function undoUp(row: Uint8Array, coded: Uint8Array, above: Uint8Array): void {
  for (let i = 0; i < row.length; i++) row[i] = (coded[i] ?? 0) + (above[i] ?? 0);
}

function undoAverage(row: Uint8Array, coded: Uint8Array, above: Uint8Array, distance: number): void {
  for (let i = 0; i < row.length; i++) {
    const a = i < distance ? 0 : (row[i - distance] ?? 0);
    row[i] = (coded[i] ?? 0) + ((a + (above[i] ?? 0)) >> 1);
  }
}

function undoPaeth(row: Uint8Array, coded: Uint8Array, above: Uint8Array, distance: number): void {
  for (let i = 0; i < row.length; i++) {
    const a = i < distance ? 0 : (row[i - distance] ?? 0);
    const b = above[i] ?? 0;
    const c = i < distance ? 0 : (above[i - distance] ?? 0);
    const toA = Math.abs(b - c);
    const toB = Math.abs(a - c);
    const toC = Math.abs(a + b - 2 * c);
    const nearest = toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    row[i] = (coded[i] ?? 0) + nearest;
  }
}
