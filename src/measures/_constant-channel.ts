import type { Case, Labels, Predictor, Reals } from '../core/index.ts';

/** What a simple predictor says of every pixel in one channel. */
export function constantChannel(
  { hit, miss }: Predictor,
  channel: number,
  labels: Labels,
  targets: Reals | null,
  { pixels, precision }: Pick<Case, 'pixels' | 'precision'>,
): Reals {
  const out = precision === 'single' ? new Float32Array(pixels) : new Float64Array(pixels);
  const [own, other] = [hit[channel] ?? 0, miss[channel] ?? 0];
  out.fill(other);
  if (own === other) return out;
  const from = channel * pixels;
  for (let i = 0; i < pixels; i++) {
    if (targets === null ? labels[i] === channel : (targets[from + i] ?? 0) > 0.5) out[i] = own;
  }
  return out;
}
