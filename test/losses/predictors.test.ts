import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Loss, type Predictor, priorPredictor, uniformPredictor, view } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { lossValue, predictedValue } from '../../src/measure/evaluate.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { bestPredictor } from '../../src/measure/wiring.ts';
import { agree, evaluate, measurementsOf, type Picture, seeded } from '../_arrays.ts';
import { perfect, predicting, targetAt } from './_changes.ts';
import { exceptionsOf } from './_exceptions.ts';
import { anyPicture } from './_pictures.ts';
import { anyVariant, variants } from './_variants.ts';

const all = losses.filter(({ id }) => !exceptionsOf(id).noClosedForm).map((loss) => ({ id: loss.id, loss }));

/** Probabilities are taken as they are stored. */
const stored = view([], { logs: 'rounded' });

/** The picture that a predictor of hits and misses would give. */
function drawn(picture: Picture, { hit, miss }: Predictor): Picture {
  return predicting(picture, (image, channel, pixel) => {
    const t = targetAt(picture, image, channel, pixel);
    return (t > 0.5 && t <= 1 ? hit[channel] : miss[channel]) ?? 0;
  });
}

/** A picture, a spelling of the loss, and seven numbers between 0 and 1. */
function anyCase(loss: Loss, soft: boolean): fc.Arbitrary<[Picture, string, number[]]> {
  return anyPicture({ kinds: loss.kinds, soft }).chain((picture) =>
    fc.tuple(
      fc.constant(picture),
      fc.oneof(fc.constantFrom(...variants(loss, picture.channels)), anyVariant(loss, picture.channels)),
      fc.array(fc.double({ min: 0.02, max: 0.98, noNaN: true }), { minLength: 10, maxLength: 10 }),
    ),
  );
}

function expectClosedForm(picture: Picture, typed: string, predictor: Predictor): void {
  const spec = parseLoss(typed);
  const closed = predictedValue(spec, measurementsOf(picture), stored, predictor);
  const real = lossValue(spec, measurementsOf(drawn(picture, predictor)), stored);
  const note = `${typed} ${JSON.stringify(picture)}: ${closed.value} not ${real.value}`;
  expect(agree(closed.value, real.value, 1e-10), note).toBe(true);
  real.perClass?.forEach((value, row) => {
    const ours = closed.perClass?.[row] ?? null;
    expect(value === ours || agree(ours ?? Number.NaN, value ?? Number.NaN, 1e-10), `${note}, row ${row}`).toBe(true);
  });
}

describe.each(all)('what $id says of a simple predictor is what it says of its prediction', ({ loss }) => {
  test('for any probabilities of hits and misses', () => {
    fc.assert(
      fc.property(anyCase(loss, false), ([picture, spec, numbers]) => {
        const hit = Float64Array.from({ length: picture.channels }, (_, c) => numbers[c] ?? 0);
        const miss = Float64Array.from({ length: picture.channels }, (_, c) => numbers[9 - c] ?? 0);
        expectClosedForm(picture, spec, { hit, miss });
      }),
      seeded(40),
    );
  });

  test('for uniform guessing', () => {
    fc.assert(
      fc.property(anyCase(loss, false), ([picture, spec]) => {
        expectClosedForm(
          picture,
          spec,
          uniformPredictor({ kind: picture.channels === 1 ? 'binary' : 'exclusive', ...picture }),
        );
      }),
      seeded(16),
    );
  });

  test('for the class prior', () => {
    fc.assert(
      fc.property(anyCase(loss, false), ([picture, spec]) => {
        const totals = measurementsOf(picture).source.totals(stored);
        // Without a valid pixel there is no frequency.
        if (totals.valid.some((pixels) => pixels > 0)) expectClosedForm(picture, spec, priorPredictor(totals));
      }),
      seeded(16),
    );
  });

  test('for the perfect one', () => {
    fc.assert(
      fc.property(anyCase(loss, false), ([picture, spec]) => {
        const [hit, miss] = [new Float64Array(picture.channels).fill(1), new Float64Array(picture.channels)];
        expectClosedForm(picture, spec, { hit, miss });
      }),
      seeded(16),
    );
  });
});

test.each(['none', 'vnet', 'terms'])(
  'ignored pixels that stay in the denominator of dice:squared=%s are misses',
  (squared) => {
    const pictures = anyPicture({ kinds: ['binary', 'exclusive', 'multilabel'], soft: false });
    fc.assert(
      fc.property(pictures, (picture) => {
        const [hit, miss] = [0.8, 0.3].map((p) => new Float64Array(picture.channels).fill(p));
        if (hit && miss) expectClosedForm(picture, `dice:squared=${squared},ignored=zero-rows`, { hit, miss });
      }),
      seeded(40),
    );
  },
);

/** Losses that are sums of terms linear in the target: their closed forms hold for soft targets too. */
const linear = ['bce', 'bce-logits', 'ce', 'weighted-ce', 'focal', 'dice', 'hinge', 'exponential', 'soft-margin'];

describe.each(all.filter(({ id }) => linear.includes(id)))(
  '$id of a simple predictor is right for soft targets',
  ({ loss }) => {
    test('whatever the options', () => {
      const several = { ...loss, kinds: loss.kinds.filter((kind) => kind !== 'exclusive') };
      fc.assert(
        fc.property(anyCase(several, true), ([picture, spec, numbers]) => {
          const p = Float64Array.from({ length: picture.channels }, (_, c) => numbers[c] ?? 0);
          expectClosedForm(picture, spec, { hit: p, miss: p });
        }),
        seeded(50),
      );
    });
  },
);

describe('the standing of an evaluation', () => {
  const picture: Picture = {
    prediction: Array.from({ length: 24 }, (_, k) => Math.sin(3 * k)),
    target: [0, 1, 2, 2, 2, 1, 2, 255],
    ignore: [255],
    spatial: [2, 4],
    channels: 3,
  };

  test('has ln C as the uniform guess of cross-entropy and the entropy of the classes as the prior', () => {
    const { uniform, prior } = evaluate(picture, 'ce');
    const entropy = -[1 / 7, 2 / 7, 4 / 7].reduce((sum, q) => sum + q * Math.log(q), 0);
    expect(uniform).toBeCloseTo(Math.log(3), 14);
    expect(prior).toBeCloseTo(entropy, 14);
  });

  test('takes one half for the uniform guess of one channel', () => {
    const one = {
      ...picture,
      channels: 1,
      prediction: [0, 1, 2, 3],
      target: [0, 1, 1, 0],
      spatial: [2, 2],
      ignore: [],
    };
    expect(evaluate(one, 'bce-logits').uniform).toBeCloseTo(Math.LN2, 15);
  });

  test.each(
    losses
      .filter(({ kinds, id }) => kinds.includes('exclusive') && id !== 'nll' && id !== 'nacl')
      .map(({ id }) => (id.endsWith('topk') ? `${id}:k=50,from=logits` : `${id}:from=logits`)),
  )('has as the floor of %s fed with probabilities its value at perfect ones', (spec) => {
    const { value, floor } = evaluate(perfect(picture), spec);
    const { floor: alsoFloor, lowerBound } = evaluate({ ...picture, activation: 'softmax' }, spec);
    expect(alsoFloor).toBe(floor);
    expect(agree(value, floor, 1e-12), `${value} ${floor}`).toBe(true);
    if (exceptionsOf(spec.split(':')[0] ?? '').metByProbabilities === undefined) {
      expect(floor).toBeGreaterThan(lowerBound);
    } else expect(floor).toBe(lowerBound);
  });

  test.each([
    [2, 0.3133],
    [3, 0.5514],
    [4, 0.7437],
    [21, 2.1232],
  ])('has the known floor of a double softmax over %d classes, %d', (channels, floor) => {
    const many = {
      ...picture,
      channels,
      prediction: new Array(8 * channels).fill(1 / channels),
      target: new Array(8).fill(0),
    };
    expect(evaluate({ ...many, activation: 'softmax' }, 'ce:from=logits').floor).toBeCloseTo(floor, 4);
  });

  test('has the known floors of a double sigmoid', () => {
    const one: Picture = { prediction: [1, 0], target: [1, 0], spatial: [1, 2], channels: 1, activation: 'sigmoid' };
    const foreground = evaluate({ ...one, target: [1, 1] }, 'bce-logits').floor;
    const background = evaluate({ ...one, target: [0, 0] }, 'bce-logits').floor;
    expect(foreground).toBeCloseTo(Math.log1p(Math.exp(-1)), 14);
    expect(background).toBeCloseTo(Math.LN2, 14);
  });

  test('has its lower bound as the floor when nothing is in the way', () => {
    for (const spec of ['ce', 'dice', 'focal', 'ss', 'dpce', 'topk', 'bce-logits', 'ce:label-smoothing=0.1']) {
      const { floor, lowerBound } = evaluate(picture, spec);
      expect(floor, spec).toBe(lowerBound);
    }
  });

  test('has no floor where logits go unbounded into a loss made for probabilities', () => {
    expect(evaluate(picture, 'dice:from=probabilities').floor).toBe(-Infinity);
    expect(evaluate(picture, 'nll').floor).toBe(-Infinity);
  });

  test('has no best predictor for scores that nothing bounds', () => {
    expect(bestPredictor(stored, 'logits', 3)).toBeNull();
    expect(bestPredictor(view(['exp']), 'logits', 3)).toBeNull();
    expect(bestPredictor(view(['softmax']), 'logits', 2)).toEqual({
      hit: Float64Array.of(1, 1),
      miss: new Float64Array(2),
    });
    expect(bestPredictor(view(['exp']), 'log-softmax', 1)).toEqual({
      hit: Float64Array.of(1),
      miss: new Float64Array(1),
    });
  });
});
