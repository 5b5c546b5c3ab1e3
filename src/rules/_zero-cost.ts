import type { Evaluation, Subject } from '../core/index.ts';

/** A numeric option of an evaluated loss; null where it has none or none is set. */
export function numberOption({ spec }: Evaluation, name: string): number | null {
  const value: unknown = spec.options[name];
  return typeof value === 'number' ? value : null;
}

/** What one pixel with p = 0 costs: a clip or a floor under the logarithm keeps it finite. */
export function costOfZero(loss: Evaluation): number {
  const [least, floor] = [numberOption(loss, 'clip') ?? 0, numberOption(loss, 'log-floor')];
  if (least > 0) return -Math.log(least);
  return floor === null ? Infinity : -floor;
}

/** Share of the loss that so many pixels with p = 0 carry. */
export function shareOfZeros(loss: Evaluation, zeros: number, pixels: number, subject: Subject): number {
  if (!Number.isFinite(loss.value)) return 1;
  return (zeros * costOfZero(loss)) / (loss.value * divisorOf(loss, pixels, subject));
}

/** What the sum over pixels (or pixels and channels) was divided by to give the value. */
function divisorOf({ spec }: Evaluation, pixels: number, { kind, channels }: Subject): number {
  if (spec.options.reduction === 'sum') return 1;
  const perChannel = kind === 'exclusive' && spec.loss.activation(spec.options, kind) === 'sigmoid';
  return perChannel ? pixels * channels : pixels;
}

/** True for a mean of -ln p over the pixels and nothing else, which can be taken again with p kept away from 0. */
export function isPlainMean({ spec }: Evaluation, { weights, kind }: Subject): boolean {
  const { reduction, alpha = null, 'pos-weight': positive = null, 'label-smoothing': smoothing = 0 } = spec.options;
  const unweighted = weights === null && alpha === null && positive === null && smoothing === 0;
  const { id } = spec.loss;
  return (
    unweighted && reduction === 'mean' && ((id === 'ce' && kind === 'exclusive') || (id === 'bce' && kind === 'binary'))
  );
}
