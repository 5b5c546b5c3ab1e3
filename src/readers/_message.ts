import { InputError } from '../core/errors.ts';
import { grouped } from '../core/grouped.ts';

/** Stops reading: one sentence that starts with the name of the input. */
export function refuse(name: string, sentence: string): never {
  throw new InputError(`${name} ${sentence}`);
}

/** A count as people read it: `1 byte`, `4,096 bytes`. */
export function counted(amount: number, unit: string): string {
  return `${grouped(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}
