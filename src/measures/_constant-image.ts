import type { Labels, Predictor, Reals, Subject } from '../core/index.ts';

/** What a simple predictor says of every pixel: channel c of pixel i at [c * pixels + i]. */
export function constantImage(
  { hit, miss }: Predictor,
  labels: Labels,
  targets: Reals | null,
  { channels, pixels }: Pick<Subject, 'channels' | 'pixels'>,
): Float64Array {
  const out = new Float64Array(channels * pixels);
  for (let c = 0; c < channels; c++) out.fill(miss[c] ?? 0, c * pixels, (c + 1) * pixels);
  if (targets === null) {
    for (let i = 0; i < pixels; i++) {
      const y = labels[i] ?? -1;
      if (y >= 0) out[y * pixels + i] = hit[y] ?? 0;
    }
  } else {
    for (let at = 0; at < out.length; at++) {
      if ((targets[at] ?? 0) > 0.5) out[at] = hit[Math.floor(at / pixels)] ?? 0;
    }
  }
  return out;
}
