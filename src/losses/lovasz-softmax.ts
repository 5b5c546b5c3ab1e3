import { type Loss, loss, type Subject } from '../core/index.ts';
import { type LovaszCell, type LovaszScores, lovasz } from '../measures/index.ts';
import { perImage } from './_lovasz.ts';
import { classRows } from './_region.ts';
import { background } from './_vocabulary.ts';

const options = {
  absent: {
    type: 'choice',
    default: 'skip',
    choices: ['skip', 'keep'],
    about:
      'a class without pixels: left out of the mean (classes="present"), or counted with its largest p ("all", SegLoss)',
  },
  'per-image': perImage,
  background,
} as const;

type Options = { absent: string; 'per-image': boolean; background: boolean };

/** The convex surrogate of the Jaccard loss, on probabilities. */
export const lovaszSoftmax: Loss = loss({
  id: 'lovasz-softmax',
  title: 'Lovasz-softmax loss',
  family: 'region',
  formula:
    'L = mean_c sum_k e_(k) (J_k - J_(k-1)),  e = |g - p| sorted down, J_k the Jaccard loss of the first k pixels',
  about:
    'The tight convex extension of 1 - IoU, taken over the ranked errors of each class. The activation belongs inside: ' +
    'SegLoss applies none, so its trainer feeds it raw logits. Ties leave the value alone but not the gradient.',
  when: 'fine-tuning for IoU after cross-entropy has converged',
  source: 'Berman et al. 2018, arXiv 1705.08790; SMP LovaszLoss, SegLoss LovaszSoftmax',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o) => ({ scores: lovasz({ errors: 'absolute', perImage: o['per-image'], joined: false }) }),
  value: ({ scores }, o, subject) => {
    const byChannel = new Array<number>(subject.channels).fill(0);
    const counts = new Array<number>(subject.channels).fill(0);
    const factor = factors(scores, o, subject);
    let value = 0;
    for (const cell of scores.cells) {
      const part = factor(cell) === 0 ? 0 : factor(cell) * cell.value;
      value += part;
      const c = cell.channels[0] ?? 0;
      byChannel[c] = (byChannel[c] ?? 0) + part;
      if (factor(cell) > 0) counts[c] = (counts[c] ?? 0) + factor(cell);
    }
    const rows = byChannel.map((sum, c) => ((counts[c] ?? 0) > 0 ? sum / (counts[c] ?? 1) : null));
    return {
      value,
      perClass: classRows(rows, subject),
      contributions: subject.kind === 'binary' ? null : byChannel,
    };
  },
  gradient: ({ scores }, o, subject) => [
    { kind: 'map', at: 'probabilities', ...scores.gradient(factors(scores, o, subject)) },
  ],
});

/** What each class score is multiplied by: one over the classes that count and the images. No class that counts: 0. */
function factors({ cells, groups }: LovaszScores, o: Options, subject: Subject): (cell: LovaszCell) => number {
  const counts = (cell: LovaszCell): boolean =>
    (o.absent === 'keep' || cell.members > 0) && (o.background || subject.channels === 1 || cell.channels[0] !== 0);
  const perGroup = Array.from(
    { length: groups },
    (_, at) => cells.filter((it) => it.group === at && counts(it)).length,
  );
  return (cell) => (counts(cell) ? 1 / ((perGroup[cell.group] ?? 1) * groups) : 0);
}
