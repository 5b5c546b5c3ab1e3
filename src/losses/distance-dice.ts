import { type Loss, loss } from '../core/index.ts';
import { boundaryWeights, type Cell, cells, type OverlapSums, overlap, weightedHits } from '../measures/index.ts';
import { classRows, perChannel } from './_region.ts';
import { background, batch, form } from './_vocabulary.ts';

const options = {
  smooth: { type: 'number', default: 1e-5, min: 0, about: 'added to numerator and denominator' },
  batch,
  background: { ...background, default: false },
  form: { ...form, choices: ['complement', 'negative'], about: '1 - D, or -D (SegLoss)' },
} as const;

type Options = { smooth: number; batch: boolean; background: boolean; form: string };

/** Dice whose hits weigh more near the boundary. */
export const distanceDice: Loss = loss({
  id: 'distance-dice',
  title: 'distance-penalised Dice loss',
  family: 'region',
  formula: 'L = mean_c 1 - (2 sum W p g + s) / (sum p + sum g + s),  W = 1 + R / max R as in dpce',
  about:
    'Dice whose true positives weigh 1 at the core of an object and 2 at its boundary. The denominator is not weighted, so ' +
    'the ratio can pass 1 and the loss can fall below 0.',
  when: 'to reproduce SegLoss; boundary losses say the same with a bound',
  source: 'SegLoss DistBinaryDiceLoss, after Caliva et al. 2019, arXiv 1908.03679',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive'],
  weighted: false,
  measures: () => ({ sums: overlap, hits: weightedHits, boundaryWeights }),
  value: ({ sums, hits }, o, subject) => {
    const parts = scores(sums, hits, o).map((it) => ({ ...it, slope: [] as const }));
    const byChannel = perChannel(parts, subject.channels);
    const splits = subject.kind !== 'binary' && o.form === 'complement' && parts.every(({ value }) => value >= 0);
    return {
      value: parts.reduce((sum, { value }) => sum + value, 0) / parts.length,
      perClass: classRows(byChannel, subject),
      contributions: splits ? byChannel.map((value) => value ?? 0) : null,
    };
  },
  gradient: ({ sums, hits, boundaryWeights }, o) => {
    const factors = new Float64Array(2 * sums.images * sums.channels);
    const parts = scores(sums, hits, o);
    for (const { cell, above, below } of parts) {
      for (const row of cell.rows) {
        factors[2 * row] = -2 / below / parts.length;
        factors[2 * row + 1] = above / below ** 2 / parts.length;
      }
    }
    return [{ kind: 'weighed-hits', map: boundaryWeights, factors }];
  },
});

interface Score {
  readonly cell: Cell;
  readonly value: number;
  readonly above: number;
  readonly below: number;
}

function scores(sums: OverlapSums, hits: Float64Array, o: Options): Score[] {
  return cells(sums, o.batch, o.background).map((cell) => {
    const above = 2 * cell.sum(hits) + o.smooth;
    const below = cell.sum(sums.p) + cell.sum(sums.g) + o.smooth;
    return { cell, above, below, value: (o.form === 'negative' ? 0 : 1) - above / below };
  });
}
