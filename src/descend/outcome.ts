import type { Evaluation } from '../core/index.ts';
import type { Walk } from './walk.ts';

/**
 * What became of a loss. `free`: reached the lowest value of its formula. `falling`: on its way there. `stalled`: stopped above it.
 * `floor`, `limited`: reached, or on its way to, a value above the lowest of the formula that its wiring cannot pass. `bottomless`: falls
 * at a steady rate and nothing stops it. `below`: falls below the lowest value of its formula. `no-gradient`: cannot move. `no-number`: NaN or
 * infinite. `raises`: the training code stops.
 */
export type Outcome =
  | 'free'
  | 'falling'
  | 'stalled'
  | 'floor'
  | 'limited'
  | 'bottomless'
  | 'below'
  | 'no-gradient'
  | 'no-number'
  | 'raises';

export interface Verdict {
  readonly outcome: Outcome;
  /** In words. */
  readonly verdict: string;
}

/** This share of the way down counts as all of it. */
const arrived = 0.95;

/** A descent that brings no more than this share of its fall in its last quarter has stopped. */
const standstill = 0.01;

/** What is known of a loss besides its descent; `found` says that the prediction finds every class already. */
interface Known extends Pick<Evaluation, 'value' | 'floor' | 'lowerBound' | 'raises'> {
  readonly found: boolean;
}

/** Says in a word and in words how far a loss fell. */
export function outcomeOf({ value, floor, lowerBound, raises, found }: Known, walk: Walk | null): Verdict {
  if (raises !== null) return { outcome: 'raises', verdict: `raises an error: ${raises}` };
  if (walk === null && !Number.isFinite(value)) return noNumber(value);
  if (walk === null) {
    const verdict = 'cannot move: the file holds decisions, and no gradient passes through a decision';
    return { outcome: 'no-gradient', verdict };
  }
  const { values, end } = walk;
  const start = values[0] ?? Number.NaN;
  const last = values.at(-1) ?? Number.NaN;
  if (!Number.isFinite(start)) return noNumber(start);
  if (end === 'nan-gradient') {
    return { outcome: 'no-number', verdict: `its gradient is NaN or infinite at ${short(last)}: training ends here` };
  }
  if (end === 'zero-gradient' && values.length === 1 && !found) {
    return { outcome: 'no-gradient', verdict: `cannot move from ${short(start)}: its gradient is 0 everywhere` };
  }
  const margin = (low: number): number => 1e-6 * Math.max(1, Math.abs(low));
  const within = (low: number): boolean => last - low <= Math.max((1 - arrived) * (start - low), margin(low));
  if (last < lowerBound - margin(lowerBound)) {
    const verdict = `falls to ${short(last)}, below ${short(lowerBound)}, the lowest value of its formula: what it is handed is nothing it is made for`;
    return { outcome: 'below', verdict };
  }
  const lowest = Number.isFinite(floor) ? floor : lowerBound;
  const blocked = lowest - lowerBound > margin(lowest);
  if (blocked && within(lowest)) {
    return { outcome: 'floor', verdict: `is stuck at its floor ${short(lowest)}: no logits can get lower` };
  }
  if (Number.isFinite(lowerBound) && within(lowerBound)) {
    if (start - lowerBound <= margin(lowerBound)) return { outcome: 'free', verdict: 'is as low as it can be already' };
    const reached = last - lowerBound <= 1e-4 * (start - lowerBound) ? lowerBound : last;
    return { outcome: 'free', verdict: `falls freely to ${short(reached)}` };
  }
  if (last >= start) {
    return {
      outcome: 'no-gradient',
      verdict: `cannot move from ${short(start)}: no step along its gradient lowers it`,
    };
  }
  if (blocked) {
    const verdict = `falls to ${short(last)} so far; no logits can get below ${short(lowest)}`;
    return { outcome: 'limited', verdict };
  }
  return unfinished(values, lowest, end);
}

function noNumber(start: number): Verdict {
  return { outcome: 'no-number', verdict: `starts at ${short(start)}: there is no way down from there` };
}

function unfinished(values: readonly number[], lowest: number, end: Walk['end']): Verdict {
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? Number.NaN;
  const [start, last] = [at(0), at(1)];
  const lateFall = at(0.75) - last;
  const above = Number.isFinite(lowest) ? `, above the lowest possible ${short(lowest)}` : '';
  if (end !== 'steps' || lateFall < standstill * (start - last)) {
    return { outcome: 'stalled', verdict: `stops at ${short(last)}${above}: what is left gets next to no gradient` };
  }
  // A fall that is no slower at its end than at its beginning, and nothing below.
  if (lowest === -Infinity && lateFall >= 0.2 * (start - last)) {
    return { outcome: 'bottomless', verdict: `falls without end: ${short(last)} by now, and nothing stops it` };
  }
  return { outcome: 'falling', verdict: `falls to ${short(last)} and further${above}` };
}

/** Four significant digits. */
export function short(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '-infinity';
  return Math.abs(value) >= 1e6 ? value.toExponential(3).replace('e+', 'e') : String(Number(value.toPrecision(4)));
}
