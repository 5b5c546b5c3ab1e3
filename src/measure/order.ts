import type { Job, Precision, Subject, SweptMeasure, View } from '../core/index.ts';
import * as catalogue from '../measures/index.ts';
import type { Stack } from './arrays.ts';
import type { DistanceOrder } from './distances.ts';
import type { TargetMode } from './target.ts';

/** What a case is opened from. */
interface Parts {
  readonly subject: Subject;
  readonly prediction: Stack;
  readonly target: Stack;
  readonly mode: TargetMode;
  readonly precision: Precision;
}

/** What another thread is told to do. */
export type Order = SweepOrder | DistanceOrder;

/** A sweep as another thread is told of it: plain data, but for the numbers of the two arrays. */
export interface SweepOrder {
  readonly parts: Parts;
  readonly jobs: readonly { readonly recipe: Recipe; readonly view: View; readonly needs: object }[];
}

/** A measure by the name of its export, and what that is called with where it is a factory. */
interface Recipe {
  readonly name: string;
  readonly given: readonly unknown[] | null;
}

const known: Readonly<Record<string, unknown>> = catalogue;

/** The order for a sweep of portable measures. */
export function orderOf(parts: Parts, jobs: readonly Job[]): SweepOrder {
  return {
    parts,
    jobs: jobs.map(({ measure, view, needs }) => ({ recipe: recipeOf(measure), view, needs: { ...needs } })),
  };
}

/** True for small measures that can be made from plain data: constants of the catalogue, and what knows how its factory was called. */
export function isPortable(measure: SweptMeasure<unknown>): boolean {
  if (measure.bulky) return false;
  const member = known[nameOf(measure)];
  return member === measure || (measure.given !== undefined && typeof member === 'function');
}

function recipeOf(measure: SweptMeasure<unknown>): Recipe {
  return { name: nameOf(measure), given: measure.given ?? null };
}

/** The first word of the id is the name of the export. */
function nameOf({ id }: SweptMeasure<unknown>): string {
  return id.replace(/ .*/s, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a recipe makes. */
export function measureOf({ name, given }: Recipe): SweptMeasure<unknown> {
  if (given === null) return known[name] as SweptMeasure<unknown>;
  return (known[name] as (...all: readonly unknown[]) => SweptMeasure<unknown>)(...given);
}
