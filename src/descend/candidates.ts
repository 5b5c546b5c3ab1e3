import { type Kind, type LossSpec, viewKey } from '../core/index.ts';
import { parseLoss } from '../measure/spec.ts';
import { properView, wiredView } from '../measure/wiring.ts';
import type { Sample } from './sample.ts';

/** A loss to descend, as the training code wires it or as it should be fed. */
export interface Entrant {
  readonly spec: LossSpec;
  readonly wiring: 'as-wired' | 'proper';
}

const usual: Readonly<Record<Kind, readonly string[]>> = {
  exclusive: ['ce', 'weighted-ce', 'focal', 'topk', 'dice', 'tversky:fp=0.3,fn=0.7', 'dice-ce'],
  binary: ['bce-logits', 'focal', 'topk', 'dice', 'tversky:fp=0.3,fn=0.7', 'dice-ce'],
  multilabel: ['bce-logits', 'focal', 'dice', 'tversky:fp=0.3,fn=0.7', 'dice-ce'],
};

/**
 * The losses to compare: those that were named (or the assumed one) as wired; each of them fed properly where that is something else;
 * and, unless several were named, the usual candidates.
 */
export function entrants(first: readonly LossSpec[], sample: Sample): Entrant[] {
  const { kind, prediction } = sample.subject;
  const wired = (spec: LossSpec): string => viewKey(wiredView(spec, prediction.activation, kind));
  const proper = (spec: LossSpec): string => viewKey(properView(spec, prediction.activation, kind));
  const named = first.map((spec): Entrant => ({ spec, wiring: 'as-wired' }));
  const mended = first.filter((spec) => wired(spec) !== proper(spec)).map(asProper);
  if (first.length > 1) return [...named, ...mended];
  const others = [...usual[kind], ...positiveWeight(sample)]
    .map((text) => asProper(parseLoss(text, false)))
    .filter(({ spec }) => !(isPlain(spec) && first.some((own) => own.loss.id === spec.loss.id && isPlain(own))));
  return [...named, ...mended, ...others];
}

/** Handed what it is made for, whatever the file holds. */
function asProper(spec: LossSpec): Entrant {
  return { spec: { ...spec, from: 'auto' }, wiring: 'proper' };
}

/** True where a candidate of the same name would be the same loss. */
function isPlain({ loss, text }: LossSpec): boolean {
  return text === loss.id || text.startsWith(`${loss.id}:from=`);
}

/** Binary: the weight that makes foreground and background weigh the same, (1 - f) / f. */
function positiveWeight({ subject, totals }: Sample): string[] {
  if (subject.kind !== 'binary') return [];
  const foreground = totals.count.reduce((a, b) => a + b, 0);
  const background = totals.valid.reduce((a, b) => a + b, 0) - foreground;
  const weight = Number((background / foreground).toPrecision(3));
  return weight > 2 && weight < Infinity ? [`bce-logits:pos-weight=${weight}`] : [];
}
