/** A function of the surprise u = -ln p and its derivative. */
export interface Shape {
  value(u: number): number;
  slope(u: number): number;
}

/** u + epsilon (1 - p). Leng et al. 2022, arXiv 2204.12511. */
export function poly(epsilon: number): Shape {
  return { value: (u) => u - epsilon * Math.expm1(-u), slope: (u) => 1 + epsilon * Math.exp(-u) };
}

/** u^exponent. Below 1 the slope at p = 1 is infinite, as the formula has it. */
export function power(exponent: number): Shape {
  return { value: (u) => u ** exponent, slope: (u) => exponent * u ** (exponent - 1) };
}

/** max(0, margin - m)^power with the score m = ln p - ln(1 - p) = -u - ln(1 - exp(-u)). */
export function hinge(margin: number, power: number): Shape {
  const excess = (u: number): number => (u === Infinity ? u : margin + u + Math.log(-Math.expm1(-u)));
  return {
    value: (u) => {
      const over = excess(u);
      return over <= 0 ? 0 : over ** power;
    },
    slope: (u) => {
      const over = excess(u);
      return over <= 0 ? 0 : (power * over ** (power - 1)) / -Math.expm1(-u);
    },
  };
}

/** exp(-m) = 1 / p - 1. */
export const exponential: Shape = { value: (u) => Math.expm1(u), slope: (u) => Math.exp(u) };

/** -ln of 1 - blend (1 - p). */
export function blended(blend: number): Shape {
  return {
    value: (u) => {
      const p = Math.exp(-u);
      return p > 0.5 ? -Math.log1p(blend * Math.expm1(-u)) : -Math.log(1 - blend + blend * p);
    },
    slope: (u) => {
      const p = Math.exp(-u);
      return (blend * p) / (1 - blend + blend * p);
    },
  };
}

/** -ln(q / (1 + q)) of an odds q = exp(-u). */
export const oddsFor: Shape = {
  value: (u) => u + Math.log1p(Math.exp(-u)),
  slope: (u) => 1 / (1 + Math.exp(-u)),
};

/** -ln(1 / (1 + q)) of an odds q = 1 - exp(-u). */
export const oddsAgainst: Shape = {
  value: (u) => Math.log1p(-Math.expm1(-u)),
  slope: (u) => Math.exp(-u) / (1 - Math.expm1(-u)),
};

/** -ln of p clipped to [clip, 1 - clip]. */
export function clipping(clip: number): Shape {
  const [low, high] = [-Math.log1p(-clip), -Math.log(clip)];
  return { value: (u) => Math.max(low, Math.min(u, high)), slope: (u) => Number(u >= low && u <= high) };
}

/** outer(inner(u)). */
export function chain(inner: Shape, outer: Shape): Shape {
  return {
    value: (u) => outer.value(inner.value(u)),
    slope: (u) => {
      const slope = inner.slope(u);
      return slope === 0 ? 0 : slope * outer.slope(inner.value(u));
    },
  };
}

/**
 * The factor of the focal loss: (1 - p)^gamma, or with a threshold ((1 - p) / threshold)^gamma and 1 where p is below it. NaN slope
 * where p rounds to 1 and 0 < gamma < 1, as every library has it.
 */
export function modulation(gamma: number, threshold: number | null): Shape {
  const below = (u: number): boolean => threshold !== null && Math.exp(-u) < threshold;
  const scale = threshold === null ? 1 : threshold ** -gamma;
  return {
    value: (u) => (below(u) ? 1 : scale * (-Math.expm1(-u)) ** gamma),
    slope: (u) => {
      if (gamma === 0 || below(u)) return 0;
      const p = Math.exp(-u);
      if (gamma < 1 && 1 - p === 0) return Number.NaN;
      return p === 0 ? 0 : scale * gamma * p * (-Math.expm1(-u)) ** (gamma - 1);
    },
  };
}

/** factor(u) times clipped u; clipping p acts on both, a floor under ln p on the logarithm alone. */
export function focal(factor: Shape, clip: number, logFloor: number): Shape {
  const [low, high] = clip > 0 ? [-Math.log1p(-clip), -Math.log(clip)] : [-Infinity, -logFloor];
  const clipped = (u: number): number => Math.max(low, Math.min(u, high));
  const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
  return {
    value: (u) => times(factor.value(clip > 0 ? clipped(u) : u), clipped(u)),
    slope: (u) => {
      const v = clipped(u);
      if (clip > 0 && v !== u) return 0;
      return (u > v ? 0 : factor.value(u)) + times(factor.slope(u), v);
    },
  };
}
