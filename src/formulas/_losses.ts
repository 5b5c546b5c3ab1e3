import type { LossSpec, Predictor, Step, Subject } from '../core/index.ts';

/** Losses made of logarithms of probabilities. */
const logarithmic = ['ce', 'weighted-ce', 'bce', 'bce-logits', 'nll', 'topk', 'focal', 'dpce', 'nacl'];

export function isLogarithmic({ loss }: LossSpec): boolean {
  return logarithmic.includes(loss.id);
}

/** Overlap indices, which can be taken of decisions as well as of probabilities. */
export function isRegion({ loss }: LossSpec): boolean {
  return loss.family === 'region';
}

/** How many scores of an overlap there are for each class: one per image, or one of the whole batch. */
export function scoresPerClass({ options }: LossSpec, { images }: Subject): number {
  return options.batch === true ? 1 : images;
}

/** Overlap losses that can be written as one minus, or minus, a coefficient. */
export function hasForm({ loss }: LossSpec): boolean {
  const form = loss.options.form;
  return form?.type === 'choice' && form.choices.includes('negative') && form.choices.includes('complement');
}

/** The steps from what the file holds to probabilities. */
export function honestSteps(subject: Subject): readonly Step[] {
  const { activation } = subject.prediction;
  if (activation === 'log-softmax') return ['exp'];
  if (activation !== 'logits') return [];
  return [subject.kind === 'exclusive' ? 'softmax' : 'sigmoid'];
}

/** The activation that belongs to the loss. */
export function lossActivation({ loss, options }: LossSpec, { kind }: Subject): Step {
  return loss.activation(options, kind);
}

/** How probabilities become decisions. */
export function decision({ kind }: Subject): Step {
  return kind === 'exclusive' ? 'argmax' : 'threshold';
}

/** p = 1 everywhere. */
export function ones(channels: number): Predictor {
  const p = new Float64Array(channels).fill(1);
  return { hit: p, miss: p };
}

export function total(counts: Float64Array): number {
  return counts.reduce((a, b) => a + b, 0);
}
