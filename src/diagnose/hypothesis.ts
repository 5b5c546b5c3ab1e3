import {
  type Crossed,
  type Evaluation,
  type Formula,
  type FormulaContext,
  type LossSpec,
  type Predictor,
  type Subject,
  type Supposition,
  type TargetTotals,
  termView,
  type View,
} from '../core/index.ts';
import { sumText, withLoss, withOptions } from '../measure/spec.ts';
import { termsOf } from '../measure/wiring.ts';

/** The loss that a number is held against. */
export type Base = Pick<Evaluation, 'spec' | 'wired' | 'proper' | 'value' | 'lowerBound' | 'terms'>;

/** One respect in which the number may differ from its base: in all of it, or in one term of a sum. */
export interface Change {
  readonly formula: string;
  readonly rare: boolean;
  readonly departures: readonly string[];
  readonly term: number | null;
  readonly supposition: Supposition;
  /** How the reading of the arrays changes. */
  readonly reading: Partial<View>;
  /** What it touches: two changes that touch the same thing cannot be combined. */
  readonly touches: readonly string[];
}

/** A loss under the view that it sees. */
export interface Part {
  readonly factor: number;
  readonly spec: LossSpec;
  readonly view: View;
  readonly proper: View;
  readonly weights: readonly number[] | null;
  readonly crossed?: Crossed | undefined;
}

/** A way to make a number: offset + factor * sum of its parts. */
export interface Hypothesis {
  readonly formula: string;
  readonly rare: boolean;
  readonly departures: readonly string[];
  readonly text: string;
  /** How the arrays are read, where not as declared: all numbers of a run must agree in it. */
  readonly reading: string;
  readonly parts: readonly Part[];
  readonly factor: number;
  readonly offset: number;
  readonly predictor?: Predictor | undefined;
  readonly constant?: number | undefined;
  readonly images?: readonly number[] | undefined;
}

/** Every single change that the formulas think of. */
export function changesOf(
  base: Base,
  formulas: readonly Formula[],
  subject: Subject,
  totals: TargetTotals,
): readonly Change[] {
  const context = contextOf(base, subject, totals);
  const whole = formulas.flatMap((formula) =>
    formula.suppose(context).map((supposition) => change(formula, supposition, base.wired, null, '')),
  );
  if (context.terms.length < 2) return whole;
  const parts = context.terms.flatMap(({ spec }, k) => {
    const wired = termView(base.wired, k);
    const own = {
      ...context,
      spec,
      terms: [{ factor: 1, spec }],
      wired,
      proper: termView(base.proper, k),
      value: base.terms?.[k]?.value.value ?? Number.NaN,
    };
    return formulas.flatMap((formula) =>
      formula
        .suppose(own)
        .map((supposition) => change(formula, supposition, wired, k, `${spec.loss.id}: `))
        .filter((it) => it.departures.length > 0 && fitsTerm(it)),
    );
  });
  return [...whole, ...parts];
}

export function contextOf(base: Base, subject: Subject, totals: TargetTotals): FormulaContext {
  const { spec, wired, proper, value, lowerBound } = base;
  return { subject, spec, terms: termsOf(spec, subject.kind), wired, proper, totals, value, lowerBound };
}

function change(
  { id: formula, rare }: Formula,
  supposition: Supposition,
  wired: View,
  term: number | null,
  prefix: string,
): Change {
  const reading = difference(supposition.view, wired);
  const departures = supposition.departures.map((it) => prefix + it);
  return {
    formula,
    rare: rare === true,
    departures,
    term,
    supposition,
    reading,
    touches: touched(supposition, reading),
  };
}

/** The fields in which a view differs from the wired one. */
function difference(supposed: View | undefined, wired: View): Partial<View> {
  if (supposed === undefined) return {};
  const fields = Object.entries(supposed).filter(
    ([name, value]) => name !== 'terms' && JSON.stringify(value) !== JSON.stringify(wired[name as keyof View]),
  );
  return Object.fromEntries(fields);
}

function touched(it: Supposition, reading: Partial<View>): string[] {
  const { predictor, constant, images } = it;
  if ([predictor, constant, images].some((own) => own !== undefined)) return ['everything'];
  const options = Object.keys((it.options ?? {}) as object);
  return [
    ...(it.crossed === undefined ? [] : ['pairs']),
    ...(it.loss === undefined ? [] : ['loss']),
    ...options.map((name) => (name === 'reduction' ? 'size' : name)),
    ...Object.keys(reading).map((name) => `view ${name === 'logs' ? 'steps' : name}`),
    ...(it.weights === undefined ? [] : ['weights']),
    ...(it.terms === undefined ? [] : ['terms']),
    ...(it.factor === undefined && it.offset === undefined ? [] : ['size']),
  ];
}

/** A term shares the target with the others, and has no images or predictor of its own. */
function fitsTerm({ touches }: Change): boolean {
  return touches.every(
    (it) => it !== 'everything' && (!it.startsWith('view ') || ['view steps', 'view scores', 'view over'].includes(it)),
  );
}

/** What leaves nothing to combine with, or takes a long look at the arrays in every combination. */
const alone = ['everything', 'pairs', 'view over'];

/** The changes two by two, where they can be combined. Terms are not combined: too many sums fit any number. */
export function pairsOf(changes: readonly Change[]): readonly (readonly [Change, Change])[] {
  const usable = changes.filter(
    ({ rare, touches, term, departures }) =>
      !rare && term === null && departures.length > 0 && !touches.some((it) => alone.includes(it)),
  );
  return usable.flatMap((a, at) =>
    usable
      .slice(at + 1)
      .filter((b) => a.formula !== b.formula && !a.touches.some((it) => b.touches.includes(it)))
      .map((b) => [a, b] as const),
  );
}

/** The base with changes made; null where they do not go together, or the loss is not defined for the arrays. */
export function hypothesis(base: Base, changes: readonly Change[], subject: Subject): Hypothesis | null {
  let spec: LossSpec | null = base.spec;
  for (const { term, supposition } of changes) if (term === null) spec = spec && respelt(spec, supposition);
  if (spec === null || !spec.loss.kinds.includes(subject.kind)) return null;
  const terms = termsOf(spec, subject.kind);
  let parts = terms.map((own, k): Part | null => ({
    ...own,
    view: termView(base.wired, k),
    proper: termView(base.proper, k),
    weights: subject.weights,
  }));
  let [factor, offset] = [1, 0];
  for (const it of changes) {
    const { supposition, term, reading } = it;
    const { factor: own = 1, offset: added = 0 } = supposition;
    if (term === null) [factor, offset] = [factor * own, offset * own + added];
    parts = parts.map((part, k) => {
      if (part === null || (term !== null && term !== k)) return part;
      const respelled = term === null ? part.spec : respelt(part.spec, supposition);
      if (respelled === null || !respelled.loss.kinds.includes(subject.kind)) return null;
      return {
        ...part,
        spec: respelled,
        view: { ...part.view, ...reading },
        weights: supposition.weights ?? part.weights,
        crossed: supposition.crossed ?? part.crossed,
        factor: (supposition.terms?.[k] ?? part.factor) * (term === null ? 1 : own),
      };
    });
    if (term !== null) offset += added * (terms[term]?.factor ?? 1);
  }
  const whole = parts.filter((part) => part !== null);
  const inTerms = changes.some(({ term, supposition }) => term !== null || supposition.terms !== undefined);
  if (whole.length < parts.length) return null;
  // The reading of the arrays is the defect; a divisor that is wrong as well comes second.
  const first = changes.find(({ reading }) => Object.keys(reading).length > 0) ?? changes[0];
  const { predictor, constant, images } = changes[0]?.supposition ?? {};
  return {
    formula: first?.formula ?? 'declared',
    rare: changes.some(({ rare }) => rare),
    departures: changes.flatMap(({ departures }) => departures),
    text: inTerms ? sumText(whole) : spec.text,
    reading: readingKey(changes),
    parts: whole.filter((part) => part.factor !== 0),
    factor,
    offset,
    predictor,
    constant,
    images,
  };
}

function respelt(spec: LossSpec, { loss, options }: Supposition): LossSpec | null {
  const other = loss === undefined ? spec : withLoss(spec, loss);
  if (options === undefined) return other;
  const names = Object.keys(options as object);
  return names.every((name) => name in other.loss.options) ? withOptions(other, options) : null;
}

/** The reading of the arrays that changes of the whole amount to, as text. */
export function readingKey(changes: readonly Change[]): string {
  const fields = changes.flatMap(({ term, reading }) => (term === null ? Object.entries(reading) : []));
  return JSON.stringify(fields.filter(([name]) => name !== 'logs').sort(([a], [b]) => (a < b ? -1 : 1)));
}
