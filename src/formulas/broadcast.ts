import type { Crossed, Formula, LossSpec, Subject } from '../core/index.ts';
import { overlap } from '../measures/index.ts';
import { isRegion } from './_losses.ts';

/** Beyond this many images nobody looks at every pair. */
const imageLimit = 16;

const words: Readonly<Record<Crossed['sums'], string>> = {
  each: 'every prediction against every target',
  products: 'the products of every prediction with every target over the sums of the batch',
  all: 'every prediction against every target, summed before the ratio',
};

/** Every prediction against every target. */
export const broadcast: Formula = {
  id: 'broadcast',
  title: 'all pairs of predictions and targets',
  about:
    '[N, 1, ...] met [N, ...]: the library repeated both to [N, N, ...], and the mean went over all pairs of images instead of the pairs ' +
    'of the batch. Dice and its relatives multiply every prediction with every target: over the sums of each pair, over those of all ' +
    'pairs, or over those of the batch, which were taken before. The last makes Dice as large as N, and IoU negative.',
  formula: 'mean over i and j of loss(p_i, g_j); 1 - 2 sum_ij p_i g_j / (sum_i p_i + sum_j g_j)',
  suppose({ subject, spec, terms, totals }) {
    const { kind, images, prediction, target } = subject;
    const missing = kind === 'binary' && prediction.layout.includes('C') !== target.layout.includes('C');
    // Where pixels are ignored the pairs are of different size.
    const whole = totals.ignored.every((n) => n === 0);
    const specs = spec.loss.terms === undefined ? [spec] : terms.map((term) => term.spec);
    if (!missing || !whole || images < 2 || images > imageLimit) return [];
    if (!specs.every((it) => canCross(it, subject))) return [];
    const orders = Array.from({ length: images }, (_, step) =>
      Array.from({ length: images }, (_image, i) => (i + step) % images),
    );
    return waysOf(specs).map((sums) => ({ departures: [words[sums]], crossed: { orders, sums } }));
  },
};

/** Means over pixels, and ratios of sums over pixels. */
function canCross({ loss, options }: LossSpec, subject: Subject): boolean {
  const measures = Object.values(loss.measures(options, subject)).filter((it) => it !== undefined);
  return loss.family === 'distribution' || (loss.family === 'region' && measures.every((it) => it === overlap));
}

function waysOf(specs: readonly LossSpec[]): Crossed['sums'][] {
  const ratios = specs.filter(isRegion);
  if (ratios.length === 0) return ['each'];
  // A ratio of sums over the batch knows no single pairs.
  return ratios.some(({ options }) => options.batch === true) ? ['products', 'all'] : ['each', 'products', 'all'];
}
