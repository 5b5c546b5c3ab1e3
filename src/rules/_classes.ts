import type { Evidence, Subject } from '../core/index.ts';
import { type Confusion, type OverlapSums, weightRecipes } from '../measures/index.ts';
import { significant } from './_words.ts';

/** "3", or "3 (sky)" where names are known. */
export function className({ names }: Subject, row: number): string {
  return names?.[row] === undefined ? String(row) : `${row} (${names[row]})`;
}

/** Dice of the decisions for a row of the class table. */
export function classDice({ truth, predicted, agreed }: Confusion, row: number): number {
  return (2 * (agreed[row] ?? 0)) / ((truth[row] ?? 0) + (predicted[row] ?? 0));
}

/** Summed probability per row of the class table, of targets whose classes exclude each other. */
export function probabilityByRow({ p, channels, valid }: OverlapSums, { kind }: Subject): number[] {
  const sums = new Array<number>(channels).fill(0);
  p.forEach((sum, cell) => {
    sums[cell % channels] = (sums[cell % channels] ?? 0) + sum;
  });
  const foreground = sums[0] ?? 0;
  return kind === 'binary' ? [valid.reduce((a, b) => a + b, 0) - foreground, foreground] : sums;
}

/** Weights under every recipe, as lists to paste. */
export function weightsToPaste(pixels: readonly number[]): Evidence[] {
  return Object.entries(weightRecipes).map(([name, weigh]) => {
    const weights = weigh(pixels).map((w) => significant(w));
    return { label: `weights, ${name}`, value: `[${weights.join(', ')}]` };
  });
}
