import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Activation, NdArray } from '../../src/core/index.ts';
import { readArray } from '../../src/host/files.ts';
import { root } from '../_sources.ts';

/** A figure somebody else's code gave, in float64, for a stored input. */
export interface Row {
  readonly input: string;
  readonly loss: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly from: string;
  readonly reference: string;
  /** `error:` and the name of the exception where there is no number. */
  readonly value: number | string;
  readonly grad_l2: number | null;
  readonly grad_max: number | null;
  readonly grad_head: readonly number[] | null;
}

interface Input {
  readonly kind: string;
  readonly classes: number;
  readonly shape: readonly number[];
  readonly mask_shape: readonly number[];
  readonly ignore_index: number | null;
  readonly layout: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Sum, maximum and first entries of a distance map. */
export interface MapRow {
  readonly input: string;
  readonly map: string;
  readonly normalise?: string;
  readonly convention?: string;
  readonly sum: number;
  readonly max: number;
  readonly min?: number;
  readonly head: readonly number[];
}

interface Reference {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly maps: readonly MapRow[];
  readonly rows: readonly Row[];
}

/** What to evaluate for a row. */
export interface Plan {
  readonly spec: string;
  readonly ignore: readonly number[];
  readonly activation: Activation;
  readonly weights?: readonly number[];
  /** Why the library gives no number, where that is all there is to say. */
  readonly raises?: string;
}

const path = `${root}fixtures/reference/golden.json`;

const spelt: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

export const reference: Reference = JSON.parse(readFileSync(path, 'utf8'), (_, value) => spelt[value] ?? value);

const translation = (await import(pathToFileURL(`${root}scripts/golden/translate.mjs`).href)) as {
  translate(row: Row, input: Input): Plan | null;
};

/** What our program must be asked for a row; null where we have no such loss. */
export function planFor(row: Row): Plan | null {
  return translation.translate(row, inputOf(row.input));
}

export function inputOf(name: string): Input {
  const input = reference.inputs[name];
  if (input === undefined) throw new Error(`no input ${name}`);
  return input;
}

/** An array of an input: `logits`, `probs`, `mask`. */
export async function arrayOf(name: string, part: string): Promise<NdArray> {
  return readArray(join(dirname(path), inputOf(name).files[part] ?? ''));
}
