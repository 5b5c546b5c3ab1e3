import { type Subject, viewKey } from '../core/index.ts';
import { crossedValue, crossedViews } from '../measure/crossed.ts';
import { lossRequests, lossValue, predictedValue } from '../measure/evaluate.ts';
import { Measurements, type Request } from '../measure/measurements.ts';
import type { Hypothesis, Part } from './hypothesis.ts';

/** Works out what hypotheses amount to on the arrays. */
export class Appraiser {
  readonly measurements: Measurements;
  readonly #known = new Map<string, number>();
  readonly #images = new Map<number, Measurements>();

  constructor(measurements: Measurements) {
    this.measurements = measurements;
  }

  /** What has to be swept first. */
  requests({ parts, predictor, constant, images }: Hypothesis): Request[] {
    if (predictor !== undefined || constant !== undefined || images !== undefined) return [];
    return parts.flatMap((part) => {
      const views = part.crossed === undefined ? [part.view] : crossedViews(part.view, part.crossed);
      return views.flatMap((view) => lossRequests(part.spec, this.measurements, view, this.#subject(part)));
    });
  }

  /** The readings and measures that are still to be worked out for it. */
  workOf(it: Hypothesis): string[] {
    const open = this.requests(it).filter((request) => !this.measurements.knows(request));
    return [...new Set(open.flatMap(({ measure, view }) => [viewKey(view), `${measure.id}@${viewKey(view)}`]))];
  }

  /** The value of a hypothesis; null where the training code would raise an error. */
  value({ parts, factor, offset, predictor, constant, images }: Hypothesis): number | null {
    if (constant !== undefined) return constant;
    if (images !== undefined) {
      const each = images.map((own, image) => (own === 0 ? 0 : own * this.#sum(parts, this.#image(image))));
      return each.reduce((sum, value) => sum + value, 0);
    }
    const { source } = this.measurements;
    if (parts.some(({ view }) => source.totals(view).unknown > 0)) return null;
    if (predictor === undefined) return factor * this.#sum(parts, this.measurements) + offset;
    const predicted = parts.map(
      (part) => part.factor * predictedValue(part.spec, this.measurements, part.proper, predictor).value,
    );
    return factor * predicted.reduce((sum, value) => sum + value, 0) + offset;
  }

  #sum(parts: readonly Part[], measurements: Measurements): number {
    return parts.reduce((sum, part) => sum + part.factor * this.#part(part, measurements), 0);
  }

  /** Many hypotheses differ in a factor only. */
  #part(part: Part, measurements: Measurements): number {
    const { spec, view, weights, crossed } = part;
    if (crossed !== undefined) return crossedValue(spec, measurements, view, crossed, this.#subject(part));
    const taken = (): number => lossValue(spec, measurements, view, this.#subject(part, measurements)).value;
    if (measurements !== this.measurements) return taken();
    const key = `${spec.loss.id} ${JSON.stringify(spec.options)} ${viewKey(view)} ${weights ?? ''}`;
    const value = this.#known.get(key) ?? taken();
    this.#known.set(key, value);
    return value;
  }

  #subject({ weights }: Part, { source }: Measurements = this.measurements): Subject {
    return weights === source.weights ? source : { ...source, weights };
  }

  #image(index: number): Measurements {
    const known = this.#images.get(index) ?? new Measurements(this.measurements.source.image(index));
    this.#images.set(index, known);
    return known;
  }
}
