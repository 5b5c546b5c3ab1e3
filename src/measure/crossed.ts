import type { Crossed, LossSpec, Subject, View } from '../core/index.ts';
import { addedUp, type OverlapSums, overlap } from '../measures/index.ts';
import { lossValue } from './evaluate.ts';
import type { Measurements } from './measurements.ts';

/** The views of the pairs, each of which holds every prediction against one target. */
export function crossedViews(view: View, { orders }: Crossed): View[] {
  return orders.map((images) => ({ ...view, target: { ...view.target, images } }));
}

/** The value of a loss that meets every prediction with every target; no sum of losses. */
export function crossedValue(
  spec: LossSpec,
  measurements: Measurements,
  view: View,
  crossed: Crossed,
  subject: Subject,
): number {
  const views = crossedViews(view, crossed);
  const { sums } = crossed;
  if (sums === 'each' || spec.loss.family !== 'region') {
    const values = views.map((own) => lossValue(spec, measurements, own, subject).value);
    return values.reduce((a, b) => a + b, 0) / values.length;
  }
  const needs = spec.loss.measures(spec.options, subject);
  const added = addedUp(
    views.map((own): OverlapSums => measurements.get(overlap, own)),
    sums,
  );
  const values = Object.entries(needs).map(([name, measure]) => [name, measure === overlap ? added : undefined]);
  return spec.loss.value(Object.fromEntries(values), spec.options, subject).value;
}
