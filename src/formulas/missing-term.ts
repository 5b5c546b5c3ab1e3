import type { Formula } from '../core/index.ts';

/** Terms of a sum left out or weighed differently. */
export const missingTerm: Formula = {
  id: 'missing-term',
  title: 'terms of the sum weighed differently',
  about: 'Every term is tried without, with half and with twice its declared factor.',
  formula: 'sum_k w_k l_k, w in {0, 0.5, 1, 2}',
  suppose: ({ terms }) => {
    if (terms.length < 2 || terms.length > 3) return [];
    return choices(terms.length)
      .filter((own) => own.some((it) => it !== 1) && own.some((it) => it !== 0))
      .map((own) => ({
        departures: own.flatMap((it, k) => (it === 1 ? [] : [words(it, terms[k]?.spec.loss.id ?? '')])),
        terms: terms.map(({ factor }, k) => factor * (own[k] ?? 1)),
      }));
  },
};

/** Every choice of a factor for each of n terms. */
function choices(n: number): number[][] {
  if (n === 0) return [[]];
  return [0, 0.5, 1, 2].flatMap((own) => choices(n - 1).map((rest) => [own, ...rest]));
}

function words(factor: number, loss: string): string {
  return factor === 0 ? `without ${loss}` : `${factor} times ${loss}`;
}
