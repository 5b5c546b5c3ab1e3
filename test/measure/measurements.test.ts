import { describe, expect, test } from 'vitest';
import {
  type Case,
  derived,
  type Measure,
  type SweptMeasure,
  swept,
  type Tile,
  type View,
  view,
} from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { evaluateLosses, lossRequests, lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { confusion, elements, likelihood, overlap, rankedLosses, surpriseTail } from '../../src/measures/index.ts';
import { caseOf, type Picture, random } from '../_arrays.ts';

const next = random(4);
const picture: Picture = {
  prediction: Array.from({ length: 2 * 3 * 5000 }, () => 4 * next() - 2),
  target: Array.from({ length: 2 * 5000 }, () => [0, 1, 2, 255][Math.floor(4 * next())] ?? 0),
  ignore: [255],
  spatial: [50, 100],
  images: 2,
  channels: 3,
};
const softmax = view(['softmax']);
const sigmoid = view(['sigmoid']);
const twice = view(['softmax', 'softmax']);
const swapped = view(['softmax'], { target: { scale: -1, shift: 2 } });

/** A case that counts how often its pixels, labels and totals are asked for. */
function watched(source: Case = caseOf(picture)): {
  source: Case;
  seen: { sweeps: number; tiles: number; views: number[] };
} {
  const seen = { sweeps: 0, tiles: 0, views: [] as number[] };
  return {
    seen,
    source: {
      ...source,
      tiles(views, visit, blocks) {
        seen.sweeps++;
        seen.views.push(views.length);
        const watch = (tiles: readonly Tile[]): void => {
          seen.tiles++;
          visit(tiles);
        };
        source.tiles(views, watch, blocks);
      },
    },
  };
}

/** A derived measure that counts how often it is worked out. */
function counted(
  ofTarget: boolean,
  needs: { readonly sums?: typeof overlap } = {},
): { measure: Measure<number>; times: () => number } {
  let times = 0;
  const parts = {
    id: `counted ${ofTarget}`,
    needs,
    compute: () => ++times,
  };
  return { measure: ofTarget ? derived({ ...parts, ofTarget: true }) : derived(parts), times: () => times };
}

describe('what is asked for together', () => {
  const wanted = [
    overlap,
    confusion,
    likelihood({ id: 'log' }),
    elements({ id: 'log' }),
    rankedLosses(null),
    surpriseTail,
  ];

  test('is gathered in one sweep over the pixels, under all views', () => {
    const { source, seen } = watched();
    const views = [softmax, sigmoid, twice, swapped];
    const all = new Measurements(source);
    all.prepare(wanted.flatMap((measure) => views.map((it) => ({ measure: measure as Measure<unknown>, view: it }))));
    for (const it of views) for (const measure of wanted) all.get(measure as Measure<unknown>, it);
    // Two images of 5,000 pixels, each in one tile.
    expect(seen).toEqual({ sweeps: 1, tiles: 2, views: [4] });
  });

  test('reads each distinct view once', () => {
    const { source, seen } = watched();
    new Measurements(source).prepare([
      { measure: overlap, view: view(['softmax']) },
      { measure: confusion, view: view(['softmax']) },
      { measure: overlap, view: view(['softmax'], { ignore: [] }) },
    ]);
    expect(seen.views).toEqual([1]);
  });

  test('is not swept again when it is asked for again', () => {
    const { source, seen } = watched();
    const all = new Measurements(source);
    const first = all.get(overlap, softmax);
    all.prepare([{ measure: overlap, view: softmax }]);
    expect(all.get(overlap, view(['softmax']))).toBe(first);
    expect(all.get(likelihood({ id: 'log' }), softmax)).toBe(all.get(likelihood({ id: 'log' }), softmax));
    expect(seen.sweeps).toBe(2);
  });

  test('costs no sweep when there is nothing to gather', () => {
    const { source, seen } = watched();
    new Measurements(source).prepare([{ measure: counted(false).measure, view: softmax }]);
    new Measurements(source).prepare([]);
    expect(seen.sweeps).toBe(0);
  });

  test('is bit for bit what it is when asked for alone', () => {
    const views = [softmax, sigmoid, twice, swapped];
    const together = new Measurements(caseOf(picture));
    together.prepare(
      wanted.flatMap((measure) => views.map((it) => ({ measure: measure as Measure<unknown>, view: it }))),
    );
    for (const it of views) {
      for (const measure of wanted as readonly Measure<unknown>[]) {
        const alone = new Measurements(caseOf(picture)).get(measure, it);
        expect(JSON.stringify(together.get(measure, it)), `${measure.id}`).toBe(JSON.stringify(alone));
      }
    }
  });

  test('holds for losses too: together or apart, the numbers are the same', () => {
    const defined = losses.filter(({ kinds }) => kinds.includes('exclusive'));
    const specs = defined.map(({ id }) => parseLoss(`${id}:from=auto`));
    const together = evaluateLosses(specs, new Measurements(caseOf(picture)));
    specs.forEach((spec, k) => {
      const [alone] = evaluateLosses([spec], new Measurements(caseOf(picture)));
      expect(together[k]).toEqual(alone);
    });
  });

  test('takes two sweeps for any number of losses: one for the values, one for the gradients', () => {
    const { source, seen } = watched();
    evaluateLosses(
      losses.map(({ id }) => parseLoss(id)),
      new Measurements(source),
    );
    expect(seen.sweeps).toBe(2);
  });
});

describe('derived measures', () => {
  test('are worked out once per view', () => {
    const { measure, times } = counted(false);
    const all = new Measurements(caseOf(picture));
    for (const it of [softmax, softmax, sigmoid, view(['softmax'])]) all.get(measure, it);
    expect(times()).toBe(2);
  });

  test('of the target alone are shared by all views that read the target alike', () => {
    const { measure, times } = counted(true);
    const all = new Measurements(caseOf(picture));
    for (const it of [softmax, sigmoid, twice, view([], { scores: 2, logs: 'rounded' })]) all.get(measure, it);
    expect(times()).toBe(1);
    all.get(measure, swapped);
    all.get(measure, view(['softmax'], { ignore: [1] }));
    expect(times()).toBe(3);
  });

  test('are not worked out before they are read', () => {
    const { measure, times } = counted(false);
    const values = new Measurements(caseOf(picture)).values({ measure, nothing: undefined }, softmax);
    expect(times()).toBe(0);
    expect(Object.keys(values)).toEqual(['measure', 'nothing']);
    expect(times()).toBe(0);
    expect([values.measure, values.measure, values.nothing]).toEqual([1, 1, undefined]);
    expect(times()).toBe(1);
  });

  test('bring what they need into the sweep', () => {
    const { source, seen } = watched();
    const { measure } = counted(false, { sums: overlap });
    const all = new Measurements(source);
    all.prepare([
      { measure, view: softmax },
      { measure: confusion, view: softmax },
    ]);
    all.get(overlap, softmax);
    all.get(measure, softmax);
    expect(seen.sweeps).toBe(1);
  });
});

describe('blocks', () => {
  /** Writes down every call. */
  function recorder(log: string[]): SweptMeasure<string[]> {
    return swept({
      id: 'recorder',
      start: () => ({ tiles: [] as number[] }),
      tile: (state, tile) => state.tiles.push(tile.image * 1e6 + tile.start),
      merge(into, from) {
        log.push(`${from.tiles.length}`);
        into.tiles.push(...from.tiles);
      },
      finish: (states) => states.map(({ tiles }) => tiles.join(' ')),
    });
  }

  test('of two tiles are merged in order, and an image ends its block', () => {
    const wide: Picture = {
      prediction: new Float32Array(2 * 5 * 8192),
      target: new Uint8Array(2 * 5 * 8192),
      spatial: [5, 8192],
      images: 2,
      channels: 1,
    };
    const log: string[] = [];
    const got = new Measurements(caseOf(wide)).get(recorder(log), sigmoid);
    const starts = Array.from({ length: 5 }, (_, k) => k * 8192);
    expect(log).toEqual(['2', '2', '1', '2', '2', '1']);
    expect(got).toEqual([starts.join(' '), starts.map((start) => start + 1e6).join(' ')]);
  });
});

test('a predictor has no value for a measure without a closed form, and says which', () => {
  const all = new Measurements(caseOf(picture));
  const half = { hit: new Float64Array(3).fill(0.5), miss: new Float64Array(3).fill(0.25) };
  const open: SweptMeasure<number> = swept({
    id: 'open',
    start: () => 0,
    tile: () => {},
    merge: () => {},
    finish: () => 1,
  });
  expect(() => all.predicted({ open }, softmax, half).open).toThrow('open has no closed form');
  expect(all.predicted({ overlap, none: undefined }, softmax, half).overlap.images).toBe(2);
});

test('what a predictor would give is worked out once, however often it is read', () => {
  let times = 0;
  const known: SweptMeasure<number> = swept({
    id: 'known',
    start: () => 0,
    tile: () => {},
    merge: () => {},
    finish: () => 0,
    predicted: () => ++times,
  });
  const half = { hit: new Float64Array(3), miss: new Float64Array(3) };
  const values = new Measurements(caseOf(picture)).predicted({ known }, softmax, half);
  expect([times, values.known, values.known, times]).toEqual([0, 1, 1, 1]);
});

test('a loss under another view needs no evaluation of its own', () => {
  const { source, seen } = watched();
  const all = new Measurements(source);
  const spec = parseLoss('ce');
  const views: readonly View[] = [softmax, twice, view(['softmax'], { ignore: [1] })];
  all.prepare(views.flatMap((it) => lossRequests(spec, all, it)));
  const values = views.map((it) => lossValue(spec, all, it).value);
  expect(seen.sweeps).toBe(1);
  expect(new Set(values).size).toBe(3);
});

test('a clean slate for changed values keeps what depends on the target alone', () => {
  let [ofTarget, ofBoth] = [0, 0];
  const labels = derived({ id: 'labels', ofTarget: true, needs: {}, compute: () => ++ofTarget });
  const sums = derived({ id: 'sums', needs: { overlap }, compute: ({ overlap: { p } }) => [++ofBoth, p[0] ?? 0] });
  const values = Float64Array.from(picture.prediction);
  const before = new Measurements(caseOf({ ...picture, prediction: values }));
  expect([before.get(labels, softmax), before.get(labels, sigmoid)]).toEqual([1, 1]);
  const [, first] = before.get(sums, softmax);
  values[0] = (values[0] ?? 0) + 1;
  const after = before.anew();
  expect(after.get(labels, softmax)).toBe(1);
  const [, second] = after.get(sums, softmax);
  expect(second).toBeGreaterThan(first ?? 0);
  expect([ofTarget, ofBoth]).toEqual([1, 2]);
});
