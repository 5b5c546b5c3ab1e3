import { type TypedNumber, typedNumber, UsageError } from '../core/index.ts';

/** A reported number as it was typed, and what it is the value of. */
export interface Typed extends TypedNumber {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads `1.27401` or `dice=0.31`.
 * @throws UsageError when it is not a number, or the name is empty.
 */
export function parseReported(text: string): Typed {
  const [, given, number = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text.trim()) ?? [];
  const name = given?.trim() ?? 'loss';
  if (name === '') throw new UsageError(`--reported "${text}" has no name before the =; type it as in dice=0.31`);
  const typed = number.trim();
  const known = typedNumber(typed);
  if (known === null) {
    throw new UsageError(`--reported "${text}" is not a number; type it as it was printed, such as 1.27401`);
  }
  return { name, text: typed, ...known };
}

/** How far a value is from a typed number; 0 for the same infinity, or NaN where NaN was typed. */
export function distance(typed: Typed, value: number): number {
  return Object.is(value, typed.value) ? 0 : Math.abs(value - typed.value);
}

/** The number that is meant as the loss: the one of that name, else the first. */
export function reportedLoss(typed: readonly Typed[]): Typed | undefined {
  return typed.find(({ name }) => name === 'loss') ?? typed[0];
}
