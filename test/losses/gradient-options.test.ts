import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { losses } from '../../src/losses/index.ts';
import { evaluate, type Picture } from '../_arrays.ts';
import { disagreements, isFlooredBce } from './_differences.ts';
import { anyPicture } from './_pictures.ts';
import { variants } from './_variants.ts';

const all = losses.map((loss) => ({ id: loss.id, loss }));

/** Small pictures of every kind, with ignored pixels and weights. */
const fixed: readonly Picture[] = fc
  .sample(anyPicture({ kinds: ['binary', 'exclusive', 'multilabel'], size: 24, soft: false }), {
    seed: 11,
    numRuns: 200,
  })
  .filter((picture) => picture.weights !== undefined && Array.from(picture.target).includes(255));

describe.each(all)('the gradient of $id is its central difference for every value of every option', ({ loss }) => {
  const usable = loss.kinds.flatMap((kind) => fixed.filter((picture) => picture.kind === kind).slice(0, 1));

  test.each(variants(loss, 3).map((spec) => ({ spec })))('$spec', ({ spec }) => {
    if (isFlooredBce(spec)) return;
    for (const picture of usable) {
      const own = variants(loss, picture.channels)[variants(loss, 3).indexOf(spec)] ?? spec;
      const evaluation = evaluate(picture, own);
      if (Number.isFinite(evaluation.value)) expect(disagreements(picture, evaluation)).toEqual([]);
    }
  });
});
