import { describe, expect, test } from 'vitest';
import { evaluate, type Picture } from '../_arrays.ts';

const { LN2, log, log1p, exp } = Math;
const ln3 = log(3);

/** What a number may be: that number (NaN and infinities included), or anything finite that is not 0. */
type Want = number | 'finite';
/** A loss, its value and the norm of its gradient. */
type Line = readonly [spec: string, value: Want, gradient: Want];

const some = [0.5, -1, 2, 0.25, 1, 0, -2, 0.75, -0.5, 1.5, 0.1, -0.3];
const square = { spatial: [2, 2] } as const;
const one = { ...square, channels: 1, prediction: some.slice(0, 4) } as const;
const two = { ...square, channels: 2, prediction: some.slice(0, 8) } as const;
const three = { ...square, channels: 3, prediction: some } as const;
const ids = [0, 1, 2, 0];

/** The first logit replaced. */
function withFirst(value: number, picture: Picture): Picture {
  return { ...picture, prediction: [value, ...Array.from(picture.prediction).slice(1)] };
}

/** Many lines with the same outcome. */
function each(specs: readonly string[], value: Want, gradient: Want): Line[] {
  return specs.map((spec) => [spec, value, gradient]);
}

const ordinary = ['bce-logits', 'dpce', 'focal', 'dice', 'dice:smooth=0', 'ss', 'topk:k=50'];
const exclusiveOnes = ['ce', 'weighted-ce', 'ce:label-smoothing=0.1', 'nll:from=auto', ...ordinary];

const tables: readonly (readonly [string, Picture, readonly Line[]])[] = [
  [
    'one channel without foreground',
    { ...one, target: [0, 0, 0, 0] },
    [
      ...each(['bce-logits', 'dpce', 'focal', 'ss', 'topk:k=50'], 'finite', 'finite'),
      // s / (S + s): all but 1; without smoothing 1 - 0 / S, which no prediction changes.
      ['dice', 'finite', 'finite'],
      ['dice:smooth=0', 1, 0],
      ['dice:absent=zero', 0, 0],
      ['dice:absent=skip', Number.NaN, 0],
      ['dice:form=log,smooth=0', Infinity, Number.NaN],
      // softmax over one channel is 1 whatever the network says.
      ...each(['ce', 'weighted-ce', 'ce:label-smoothing=0.1'], 0, 0),
    ],
  ],
  ['one channel full of foreground', { ...one, target: [1, 1, 1, 1] }, each(ordinary, 'finite', 'finite')],
  [
    'one channel, all ignored',
    { ...one, target: [255, 255, 255, 255], ignore: [255] },
    [
      ...each(['bce-logits', 'dpce', 'focal', 'dice:smooth=0', 'ss:smooth=0', 'dice:absent=skip'], Number.NaN, 0),
      ...each(['dice', 'ss', 'ce', 'topk:k=50', 'bce-logits:reduction=sum'], 0, 0),
    ],
  ],
  [
    'one pixel of one channel',
    { prediction: [1], target: [1], spatial: [1, 1], channels: 1 },
    [
      ['bce-logits', log1p(exp(-1)), 1 / (1 + exp(1))],
      ['dpce', log1p(exp(-1)), 1 / (1 + exp(1))],
      ['dpce:variant=odyssey', 0, 0],
      // 10 % of one pixel is no pixel.
      ['topk', Number.NaN, 0],
      ['topk:k=100', log1p(exp(-1)), 1 / (1 + exp(1))],
    ],
  ],
  [
    'one channel with a NaN',
    withFirst(Number.NaN, { ...one, target: [1, 0, 0, 1] }),
    [
      ...each(ordinary, Number.NaN, Number.NaN),
      // p < t is false for NaN: the pixel is not kept.
      ['topk:threshold=0.7', 'finite', 'finite'],
      ['ce', 0, 0],
    ],
  ],
  [
    'a logit of +Infinity on the foreground',
    withFirst(Infinity, { ...one, target: [1, 0, 0, 1] }),
    each(ordinary, 'finite', 'finite'),
  ],
  [
    'a logit of -Infinity on the foreground',
    withFirst(-Infinity, { ...one, target: [1, 0, 0, 1] }),
    [
      ...each(['bce-logits', 'dpce', 'focal', 'topk:k=50'], Infinity, 'finite'),
      // torch.nn.BCELoss: a wrong pixel costs 100 and no more, and its gradient vanishes with p (1 - p).
      ['bce:from=auto', 'finite', 'finite'],
      ...each(['dice', 'ss'], 'finite', 'finite'),
    ],
  ],
  [
    'one channel of zeros',
    { ...one, prediction: [0, 0, 0, 0], target: [1, 0, 0, 1] },
    [
      ['bce-logits', LN2, 1 / 4],
      ['focal', LN2 / 4, 'finite'],
      ['ss:smooth=0,r=0.5', 1 / 4, 'finite'],
      ['dice:smooth=0', 1 / 2, 'finite'],
      ['topk:k=50', LN2, 1 / 4],
      ['mse', 1 / 4, 1 / 8],
      ['rmse', 1 / 2, 1 / 8],
      ['brier', 1 / 4, 1 / 8],
      ['l1', 1 / 2, 1 / 8],
      ['smooth-l1', 1 / 8, 1 / 16],
      ['huber:delta=0.25', 3 / 32, 1 / 32],
      // p = 1/2 is background: the two pixels of the object are missed.
      ['zero-one', 1 / 2, 0],
      ['hinge', 1, 1 / 2],
      ['squared-hinge', 1, 1],
      ['exponential', 1, 1 / 2],
      ['soft-margin', LN2, 1 / 4],
      ['poly1', LN2 + 1 / 2, 3 / 8],
      ['kl', LN2, 1 / 4],
      ['kl:direction=reverse,target-floor=-3', 1.5 - LN2, 3 / 8],
      ['js', 1.5 * LN2 - 0.75 * ln3, 'finite'],
    ],
  ],
  ['two channels without foreground', { ...two, target: [0, 0, 0, 0] }, each(exclusiveOnes, 'finite', 'finite')],
  ['two channels full of foreground', { ...two, target: [1, 1, 1, 1] }, each(exclusiveOnes, 'finite', 'finite')],
  [
    'a class that is absent',
    { ...three, target: [0, 0, 1, 1] },
    [
      ...each(exclusiveOnes, 'finite', 'finite'),
      ...each(['dice:absent=zero', 'dice:absent=skip'], 'finite', 'finite'),
      // The object term is 0/0 without smoothing.
      ['ss:smooth=0', Number.NaN, Number.NaN],
    ],
  ],
  [
    'three channels, all ignored',
    { ...three, target: [255, 255, 255, 255], ignore: [255] },
    [
      // torch: 0/0 is the value, and no pixel carries a gradient; sum gives 0.
      ...each(['ce', 'ce:label-smoothing=0.1', 'weighted-ce', 'nll:from=auto', 'dpce', 'bce-logits'], Number.NaN, 0),
      ...each(['ce:reduction=sum', 'weighted-ce:reduction=sum', 'ce:count=all', 'mse:reduction=sum'], 0, 0),
      ...each(['kl', 'js', 'poly1', 'multi-hinge', 'nacl', 'mse', 'brier', 'hinge', 'zero-one'], Number.NaN, 0),
      // A mean over no element leaves NaN in the gradient as well.
      ['focal', Number.NaN, Number.NaN],
      ['focal:reduction=sum', 0, 0],
      // s / s, not 0/0; ignored pixels are ranked with loss 0.
      ...each(['dice', 'ss', 'topk:k=50'], 0, 0),
      ['topk:k=50,count=valid', Number.NaN, 0],
      ['dice:form=negative', -1, 0],
      ['dice:smooth=0', Number.NaN, 0],
      ['dice:absent=skip', Number.NaN, 0],
    ],
  ],
  [
    'one pixel of three channels',
    { prediction: [1, 2, 3], target: [2], spatial: [1, 1], channels: 3 },
    [
      ['ce', log(1 + exp(-1) + exp(-2)), 'finite'],
      ['dpce', log(1 + exp(-1) + exp(-2)), 'finite'],
      ['topk', Number.NaN, 0],
      ['topk:k=50', Number.NaN, 0],
      ['dice', 'finite', 'finite'],
    ],
  ],
  [
    'three channels with a NaN',
    withFirst(Number.NaN, { ...three, target: ids }),
    [...each(exclusiveOnes, Number.NaN, Number.NaN), ['topk:threshold=0.9', 'finite', 'finite']],
  ],
  [
    'a logit of +Infinity among three',
    withFirst(Infinity, { ...three, target: ids }),
    // softmax is infinity over infinity; a sigmoid is 1.
    [
      ...each(
        exclusiveOnes.filter((spec) => spec !== 'bce-logits'),
        Number.NaN,
        Number.NaN,
      ),
      ['bce-logits', 'finite', 'finite'],
    ],
  ],
  [
    'a logit of -Infinity for another class',
    withFirst(-Infinity, { ...three, target: [1, 1, 2, 0] }),
    [
      ...each(['ce', 'weighted-ce', 'nll:from=auto', ...ordinary], 'finite', 'finite'),
      // Smoothing asks for every class.
      ['ce:label-smoothing=0.1', Infinity, 'finite'],
    ],
  ],
  [
    'a logit of -Infinity for the class itself',
    withFirst(-Infinity, { ...three, target: ids }),
    [
      ...each(['ce', 'weighted-ce', 'nll:from=auto', 'dpce', 'focal', 'topk:k=50', 'bce-logits'], Infinity, 'finite'),
      ...each(['dice', 'ss'], 'finite', 'finite'),
    ],
  ],
  [
    'three constant channels',
    { ...three, prediction: new Array(12).fill(7), target: ids },
    [
      ['ce', ln3, 'finite'],
      ['ce:label-smoothing=0.1', ln3, 'finite'],
      ['weighted-ce', ln3, 'finite'],
      ['dpce', ln3, 'finite'],
      ['topk:k=50', ln3, 'finite'],
      ['focal', (4 / 9) * ln3, 'finite'],
      ['nll', -7, 1 / 2],
      ['ss:smooth=0,r=0', 1 / 9, 'finite'],
    ],
  ],
  [
    'saturated logits, one pixel wrong',
    { ...three, prediction: [1e4, 0, 0, 0, 0, 1e4, 0, 0, 0, 0, 1e4, 1e4], target: ids },
    [
      ['ce', 2500, Math.SQRT1_2 / 2],
      ['focal', 2500, Math.SQRT1_2 / 2],
      ['dpce', 2500, Math.SQRT1_2 / 2],
      ['topk:k=50', 5000, Math.SQRT1_2],
      // Region losses look at p alone, and p does not move.
      ...each(['dice', 'ss'], 'finite', 0),
    ],
  ],
];

function expectNumber(got: number | undefined, want: Want): void {
  if (want === 'finite') {
    expect(Number.isFinite(got)).toBe(true);
    expect(got).not.toBe(0);
  } else if (Number.isFinite(want)) expect(got).toBeCloseTo(want, 12);
  else expect(got).toBe(want);
}

describe.each(tables)('%s', (_, picture, lines) => {
  test.each(lines)('%s has the value %d and a gradient of norm %d', (spec, value, gradient) => {
    const found = evaluate(picture, spec);
    expect(found.raises).toBeNull();
    expectNumber(found.value, value);
    expectNumber(found.gradient?.l2, gradient);
  });
});

describe('a label without a channel', () => {
  test('makes every library raise: there is no value, only the reason', () => {
    for (const spec of exclusiveOnes) {
      const found = evaluate({ ...three, target: [0, 1, 5, 0] }, spec);
      expect(found).toMatchObject({ value: Number.NaN, perClass: null, contributions: null, gradient: null });
      expect(found.raises).toBe(`${spec.split(':')[0]} has no channel for the labels of 1 pixels`);
    }
  });

  test('is no obstacle when it is ignored', () => {
    const found = evaluate({ ...three, target: [0, 1, 5, 0], ignore: [5] }, 'ce');
    expect(found.raises).toBeNull();
    expect(found.value).toBeGreaterThan(0);
  });
});

test('a NaN in an ignored pixel leaves the value alone', () => {
  const clean = { ...three, target: [255, 1, 2, 0], ignore: [255] };
  for (const spec of exclusiveOnes) {
    expect(evaluate(withFirst(Number.NaN, clean), spec).value, spec).toBe(evaluate(clean, spec).value);
  }
});
