/** How a generalised Dice loss weighs its classes. */
export interface VolumeWeighing {
  /** `square`: 1 / G^2, `simple`: 1 / G; otherwise 1. */
  readonly weights: string;
  /** An absent class takes the largest finite weight (`max`), what the formula gives (`keep`), or 0 (`skip`). */
  readonly absent: string;
  readonly 'volume-added': number;
  readonly 'volume-floor': number;
}

/** Pixels G per class to weight per class. Sudre et al. 2017, arXiv 1707.03237. */
export function volumeWeights(volumes: readonly number[], o: VolumeWeighing): number[] {
  const exponent = { square: 2, simple: 1 }[o.weights] ?? 0;
  const weights = volumes.map((g) =>
    g === 0 && o.absent === 'skip' ? 0 : 1 / Math.max((g + o['volume-added']) ** exponent, o['volume-floor']),
  );
  if (o.absent !== 'max') return weights;
  const largest = weights.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), 0);
  return weights.map((w) => (w === Infinity ? largest : w));
}
