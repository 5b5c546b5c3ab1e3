import {
  type Activation,
  type From,
  type Kind,
  type LossSpec,
  type Predictor,
  type Step,
  type View,
  view,
  viewKey,
} from '../core/index.ts';

/** What the file holds, as far as a loss can tell the difference. */
type Form = 'logits' | 'probabilities' | 'log-probabilities';

/** The form of a stored array. Hard and doubly activated predictions are probabilities, if poor ones. */
export function formOf(activation: Activation): Form {
  if (activation === 'logits') return 'logits';
  return activation === 'log-softmax' ? 'log-probabilities' : 'probabilities';
}

/** One loss of a sum and what it is multiplied by. */
export interface WeightedSpec {
  readonly factor: number;
  readonly spec: LossSpec;
}

/** The terms of a loss, sums within sums spread out; the loss itself where it is no sum. */
export function termsOf(spec: LossSpec, kind: Kind): readonly WeightedSpec[] {
  if (spec.loss.terms === undefined) return [{ factor: 1, spec }];
  return spec.loss.terms(spec.options, kind).flatMap(({ factor, loss, options, from, text }) => {
    const own: LossSpec = { loss, options, from: from ?? spec.from, text, declared: spec.declared };
    return termsOf(own, kind).map((inner) => ({ factor: factor * inner.factor, spec: inner.spec }));
  });
}

/** How the training code reads the stored array: what the loss does to whatever it is handed. */
export function wiredView(spec: LossSpec, activation: Activation, kind: Kind): View {
  return together(spec, activation, kind, wiredTerm);
}

/** How the stored array should be read so that the loss gets what it is made for. */
export function properView(spec: LossSpec, activation: Activation, kind: Kind): View {
  return together(spec, activation, kind, properTerm);
}

/** The views of the terms; the first term that is wired wrongly, or else the first, speaks for the whole. */
function together(spec: LossSpec, activation: Activation, kind: Kind, of: typeof wiredTerm): View {
  const specs = termsOf(spec, kind).map((term) => term.spec);
  const views = specs.map((it) => of(it, activation, kind));
  const wrong = specs.findIndex(
    (it) => viewKey(wiredTerm(it, activation, kind)) !== viewKey(properTerm(it, activation, kind)),
  );
  const main = views[Math.max(0, wrong)] ?? view([]);
  return spec.loss.terms === undefined ? main : { ...main, terms: views };
}

function wiredTerm(spec: LossSpec, activation: Activation, kind: Kind): View {
  const from: From = spec.from === 'auto' ? formOf(activation) : spec.from;
  return viewFrom(from, spec, kind, spec.from);
}

function properTerm(spec: LossSpec, activation: Activation, kind: Kind): View {
  const change = activation === 'scaled-by-255' ? { scores: 1 / 255 } : {};
  return { ...viewFrom(formOf(activation), spec, kind, spec.from), ...change };
}

function viewFrom(form: Form, spec: LossSpec, kind: Kind, declared: From): View {
  const activation = spec.loss.activation(spec.options, kind);
  if (form === 'probabilities') return view([], { logs: 'rounded' });
  if (form === 'log-probabilities') return view(['exp']);
  // A loss that is made for probabilities sees them rounded, whoever activated them.
  const rounded = spec.loss.from === 'probabilities' && declared !== 'logits';
  return view([activation], rounded ? { logs: 'rounded' } : {});
}

/** The prediction that hits every pixel as surely as the form of the file allows, seen through a view. Null when nothing bounds it. */
export function bestPredictor(wired: View, activation: Activation, channels: number): Predictor | null {
  const form = formOf(activation);
  let [hit, miss] = form === 'logits' ? [Infinity, -Infinity] : form === 'probabilities' ? [1, 0] : [0, -Infinity];
  hit *= wired.scores;
  miss *= wired.scores;
  for (const step of wired.steps) [hit, miss] = applied(step, hit, miss, channels);
  if (!Number.isFinite(hit) || !Number.isFinite(miss)) return null;
  return { hit: new Float64Array(channels).fill(hit), miss: new Float64Array(channels).fill(miss) };
}

function applied(step: Step, hit: number, miss: number, channels: number): [number, number] {
  if (step === 'softmax') {
    const rest = (channels - 1) * Math.exp(miss - hit);
    return channels === 1 ? [1, 1] : [1 / (1 + rest), Math.exp(miss - hit) / (1 + rest)];
  }
  if (step === 'argmax') return [hit > miss ? 1 : 0, hit > miss ? 0 : 1];
  const functions = {
    exp: Math.exp,
    log: Math.log,
    sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
    threshold: (x: number) => (x > 0.5 ? 1 : 0),
  };
  return [functions[step](hit), functions[step](miss)];
}
