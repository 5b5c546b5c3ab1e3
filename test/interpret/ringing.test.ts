import { expect, test } from 'vitest';
import { type Hints, ndarray } from '../../src/core/index.ts';
import { findRinging } from '../../src/interpret/ringing.ts';
import { stack } from '../../src/measure/arrays.ts';

const side = 64;

/** A mask whose left part is bright; `change` says what stands at a pixel instead. */
function mask(change: (x: number, y: number, bright: number) => number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const x = at % side;
    return change(x, Math.floor(at / side), x < 20 ? 255 : 0);
  });
}

function find(values: Uint8Array | Float32Array, options: { classes?: number; ignore?: number[]; hints?: Hints } = {}) {
  const { classes = 2, ignore = [], hints } = options;
  const array = ndarray(values, [side, side], values instanceof Uint8Array ? 'uint8' : 'float32', hints);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return findRinging(stack(array, 'HW'), new Map([...counts].sort(([a], [b]) => a - b)), ignore, classes);
}

/** Noise of a few grey values in the blocks from column 16 to 23, which the outline at 20 crosses. */
const noisy = (x: number, y: number, bright: number, from = 16): number => {
  if (x < from || x >= from + 8 || (x + y) % 2 === 0) return bright;
  return bright === 255 ? 255 - 3 - (y % 5) : 3 + (y % 5);
};

test('noise around two levels in the blocks of an outline is ringing', () => {
  expect(find(mask(noisy))).toMatchObject({ levels: [0, 255], blocks: 8, plainBlocks: 0, within8: 1, within40: 1 });
});

test('a share of 255 is a grey level as well', () => {
  const shares = Float32Array.from(mask(noisy), (value) => value / 255);
  expect(find(shares)).toMatchObject({ levels: [0, 1], blocks: 8 });
});

test('of a cropped picture the blocks begin elsewhere', () => {
  expect(find(mask((x, y, bright) => noisy(x, y, bright, 13)))).toMatchObject({ plainBlocks: 0 });
});

test('noise beyond the blocks of the outline is no ringing, unless the format of the file is lossy', () => {
  const wide = mask((x, y, bright) => ((x + y) % 2 === 0 ? bright : bright === 255 ? 250 - (y % 5) : 5 + (y % 5)));
  expect(find(wide)).toBeUndefined();
  expect(find(wide, { hints: { format: 'jpeg', container: 'image', lossy: true } })).toMatchObject({
    levels: [0, 255],
  });
});

test('shades that fall off from the outline are a soft mask', () => {
  const soft = mask((x, _y, bright) => (x < 16 || x > 23 ? bright : 255 - 32 * (x - 16)));
  expect(find(soft)).toBeUndefined();
});

test('seven blocks prove nothing, eight do', () => {
  const upTo = (blocks: number) => mask((x, y, bright) => (y < 8 * blocks ? noisy(x, y, bright) : bright));
  expect(find(upTo(8))).toBeDefined();
  expect(find(upTo(7))).toBeUndefined();
});

test('two values besides the levels are needed', () => {
  const with2 = mask((x, y, bright) => (noisy(x, y, bright) === bright ? bright : bright === 255 ? 254 : 1));
  expect(find(with2)).toBeDefined();
  expect(find(with2, { ignore: [254] })).toBeUndefined();
});

test('at least 95 % of the pixels lie within 40 grey values of a level', () => {
  // Of 4,096 pixels 205 are 5.005 %, 204 are 4.98 %.
  const far = (count: number) => {
    let left = count;
    return mask((x, y, bright) => {
      const value = noisy(x, y, bright);
      return value !== bright || (x >= 24 && x < 32) ? (left-- > 0 ? 41 + (y % 2) : value) : value;
    });
  };
  const share = (n: number) => find(far(n), { hints: { format: 'jpeg', container: 'image', lossy: true } });
  expect(share(204)).toBeDefined();
  expect(share(205)).toBeUndefined();
});

test('a third of the pixels off the levels lie within 16 grey values of one', () => {
  const by = (share: number) =>
    mask((x, y, bright) => {
      if (noisy(x, y, bright) === bright) return bright;
      const away = y % 20 < 20 * share ? 3 + (y % 5) : 20 + (y % 5);
      return bright === 255 ? 255 - away : away;
    });
  expect(find(by(0.4))).toBeDefined();
  expect(find(by(0.2))).toBeUndefined();
});

test('class ids close together are no levels with noise around them', () => {
  expect(
    find(
      mask((x, y) => (x + y) % 8),
      { classes: 8 },
    ),
  ).toBeUndefined();
});
