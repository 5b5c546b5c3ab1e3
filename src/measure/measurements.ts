import {
  type Case,
  type DerivedMeasure,
  type Measure,
  type Needs,
  type Predictor,
  type SweptMeasure,
  targetKey,
  type Values,
  type View,
  viewKey,
} from '../core/index.ts';
import { sweep } from './sweep.ts';

/** Views that are read side by side. */
const viewsPerSweep = 8;

/** A measure wanted under a view. */
export interface Request {
  readonly measure: Measure<unknown>;
  readonly view: View;
}

/** All numbers taken from a case so far. What is asked for together is gathered in one sweep. */
export class Measurements {
  readonly source: Case;
  readonly #known: Map<string, unknown>;
  /** What depends on the target alone. */
  readonly #ofTarget: Map<string, unknown>;

  constructor(source: Case, ofTarget = new Map<string, unknown>(), known = new Map<string, unknown>()) {
    this.source = source;
    this.#ofTarget = ofTarget;
    this.#known = known;
  }

  /** The same numbers of the same pixels, which are now described better. */
  of(source: Case): Measurements {
    return new Measurements(source, this.#ofTarget, this.#known);
  }

  /** A clean slate for the same case after its stored values have changed; what depends on the target alone stays. */
  anew(): Measurements {
    return new Measurements(this.source, this.#ofTarget);
  }

  /** Gathers every swept measure among the requests, and those that they need unless they are late, in one sweep over the pixels. */
  prepare(requests: readonly Request[]): void {
    const wanted = new Map<string, { measure: SweptMeasure<unknown>; view: View }>();
    const add = ({ measure, view }: Request): void => {
      const key = requestKey(measure, view);
      if (this.#home(measure).has(key) || wanted.has(key)) return;
      if (measure.kind === 'swept') wanted.set(key, { measure, view });
      else if (!measure.late)
        for (const need of Object.values(measure.needs)) if (need !== undefined) add({ measure: need, view });
    };
    requests.forEach(add);
    if (wanted.size > 0) this.#sweep([...wanted]);
  }

  /** The same for many views: a few of them at a time, so that their tiles stay in the cache. */
  prepareInTurn(requests: readonly Request[]): void {
    const byView = new Map<string, Request[]>();
    for (const request of requests) {
      const key = viewKey(request.view);
      byView.set(key, [...(byView.get(key) ?? []), request]);
    }
    const groups = [...byView.values()];
    for (let at = 0; at < groups.length; at += viewsPerSweep) {
      this.prepare(groups.slice(at, at + viewsPerSweep).flat());
    }
  }

  /** True when a measure can be had without another look at the pixels. */
  knows({ measure, view }: Request): boolean {
    if (this.#known.has(requestKey(measure, view))) return true;
    const needs = Object.values(measure.needs).filter((need) => need !== undefined);
    return measure.kind === 'derived' && needs.length > 0 && needs.every((need) => this.knows({ measure: need, view }));
  }

  /** The value of a measure under a view; swept or computed now if nobody asked before. */
  get<T>(measure: Measure<T>, view: View): T {
    const key = requestKey(measure, view);
    const home = this.#home(measure);
    if (!home.has(key)) {
      if (measure.kind === 'swept') this.prepare([{ measure, view }]);
      else home.set(key, this.#derive(measure, view));
    }
    return home.get(key) as T;
  }

  #home(measure: Measure<unknown>): Map<string, unknown> {
    return isOfTarget(measure) ? this.#ofTarget : this.#known;
  }

  /** The values of several measures under a view, each worked out when first read. */
  values<N extends Needs>(needs: N, view: View): Values<N> {
    const out = {};
    for (const [name, measure] of Object.entries(needs)) {
      defineLazily(out, name, () => (measure === undefined ? undefined : this.get(measure, view)));
    }
    return out as Values<N>;
  }

  /** What the measures would be for a predictor that knows only hit or miss. */
  predicted<N extends Needs>(needs: N, view: View, predictor: Predictor): Values<N> {
    const totals = this.source.totals(view);
    const out = {};
    for (const [name, measure] of Object.entries(needs)) {
      if (measure === undefined) continue;
      defineLazily(out, name, () => {
        if (isOfTarget(measure)) return this.get(measure, view);
        if (measure.kind === 'derived') {
          const own = measure.predicted?.(predictor, totals, this.values(measure.needs, view), this.source, view);
          if (own !== undefined && own !== null) return own;
          return measure.compute(this.predicted(measure.needs, view, predictor), this.source, view);
        }
        if (measure.predicted === undefined) throw new Error(`${measure.id} has no closed form for a simple predictor`);
        return measure.predicted(predictor, totals, this.source, this.values(measure.needs, view), view);
      });
    }
    return out as Values<N>;
  }

  #derive<T>(measure: DerivedMeasure<T>, view: View): T {
    return measure.compute(this.values(measure.needs, view), this.source, view);
  }

  #sweep(wanted: readonly [string, { measure: SweptMeasure<unknown>; view: View }][]): void {
    const jobs = wanted.map(([key, { measure, view }]) => ({
      key,
      measure,
      view,
      needs: this.values(measure.needs, view),
    }));
    const states = sweep(this.source, jobs);
    for (const job of jobs) {
      this.#known.set(job.key, job.measure.finish(states.get(job) ?? [], this.source, job.needs));
    }
  }
}

/** A property that is worked out when first read. */
function defineLazily(out: object, name: string, compute: () => unknown): void {
  let known: { value: unknown } | undefined;
  const get = (): unknown => {
    known ??= { value: compute() };
    return known.value;
  };
  Object.defineProperty(out, name, { enumerable: true, get });
}

function isOfTarget(measure: Measure<unknown>): boolean {
  return measure.kind === 'derived' && measure.ofTarget;
}

function requestKey(measure: Measure<unknown>, view: View): string {
  return `${measure.id}@${isOfTarget(measure) ? targetKey(view) : viewKey(view)}`;
}
