import { describe, expect, test } from 'vitest';
import { losses } from '../../src/losses/index.ts';
import { evaluate, type Picture, random, type Storage } from '../_arrays.ts';

const next = random(17);

/** Numbers that float32 holds exactly. */
function numbers(count: number): number[] {
  return Array.from({ length: count }, () => Math.fround(8 * next() - 4));
}

const flat = { images: 2, channels: 3, spatial: [3, 5], prediction: numbers(90) } as const;
const deep = { images: 2, channels: 3, spatial: [2, 3, 4], prediction: numbers(144) } as const;

const exclusive: Picture = {
  ...flat,
  target: Array.from({ length: 30 }, () => [0, 1, 2, 2, 255][Math.floor(5 * next())] ?? 0),
  ignore: [255],
};
const volume: Picture = {
  ...deep,
  target: Array.from({ length: 48 }, () => Math.floor(3 * next())),
  spacing: [3, 1, 2],
};
const multilabel: Picture = {
  ...flat,
  kind: 'multilabel',
  target: Array.from({ length: 90 }, () => Number(next() < 0.4)),
};
const binary: Picture = {
  ...flat,
  channels: 1,
  prediction: numbers(30),
  target: Array.from({ length: 30 }, () => Number(next() < 0.4)),
};

const pictures = { exclusive, volume, multilabel, binary };

/** Ways for two images of 3 channels to lie in memory; H and W stand for all axes of space. */
const storages: readonly Storage[] = [
  { layout: 'NHWC' },
  { layout: 'NCHW', order: 'Fortran' },
  { layout: 'NHWC', order: 'Fortran' },
  { layout: 'CNHW' },
  { layout: 'HWCN' },
  { layout: 'NCHW', flipped: 'H' },
  { layout: 'NHWC', flipped: 'NW' },
  { layout: 'NCHW', flipped: 'NCHW' },
  { layout: 'NCHW', gap: 2 },
  { layout: 'NCHW', type: 'float32' },
  { layout: 'NHWC', flipped: 'H', gap: 1, order: 'Fortran', type: 'float32' },
];

const targetStorages: readonly Storage[] = [
  { layout: 'NHW', type: 'uint8' },
  { layout: 'NHW', type: 'int16', order: 'Fortran' },
  { layout: 'HWN', flipped: 'W', gap: 1 },
  { layout: 'NHW', type: 'float32', flipped: 'NHW' },
];

/** The same for a volume. */
function deepened(storage: Storage, picture: Picture): Storage {
  if (picture.spatial.length === 2) return storage;
  return { ...storage, layout: storage.layout.replace('H', 'DH'), flipped: storage.flipped?.replace('H', 'DH') ?? '' };
}

function describeStorage({ layout, order = 'C', flipped = '', gap = 0, type = 'float64' }: Storage): string {
  return `${layout}, ${order} order, ${type}${flipped ? `, ${flipped} backwards` : ''}${gap ? `, ${gap} apart` : ''}`;
}

/** Everything an evaluation says, bit for bit. */
function told(picture: Picture, typed: string): object {
  const { spec: _, ...rest } = evaluate(picture, typed);
  return rest;
}

describe.each(Object.entries(pictures))('an %s picture means the same however it lies in memory', (_, picture) => {
  const usable = losses.filter((loss) =>
    loss.kinds.includes(picture.kind ?? (picture.channels === 1 ? 'binary' : 'exclusive')),
  );
  const plain = new Map(usable.map(({ id }) => [id, told(picture, `${id}:from=auto`)]));

  test.each(storages.map((storage) => ({ name: describeStorage(storage), storage })))(
    'prediction $name',
    ({ storage }) => {
      const stored = { ...picture, storage: deepened(storage, picture) };
      for (const { id } of usable) expect(told(stored, `${id}:from=auto`), id).toEqual(plain.get(id));
    },
  );

  test.each(targetStorages.map((storage) => ({ name: describeStorage(storage), storage })))(
    'target $name',
    ({ storage }) => {
      const perChannel = picture.kind === 'multilabel';
      const layout = perChannel ? `${storage.layout}C` : storage.layout;
      const stored = { ...picture, targetStorage: deepened({ ...storage, layout }, picture) };
      for (const { id } of usable) expect(told(stored, `${id}:from=auto`), id).toEqual(plain.get(id));
    },
  );
});

describe('of a batch', () => {
  test('per-image scores are averaged, so that the order of the images does not matter', () => {
    const half = (values: ArrayLike<number>): number[] => [
      ...Array.from(values).slice(values.length / 2),
      ...Array.from(values).slice(0, values.length / 2),
    ];
    const swapped = { ...exclusive, prediction: half(exclusive.prediction), target: half(exclusive.target) };
    for (const { id, kinds } of losses) {
      if (!kinds.includes('exclusive')) continue;
      const [a, b] = [exclusive, swapped].map((picture) => evaluate(picture, `${id}:from=auto`).value);
      expect(a, id).toBeCloseTo(b ?? Number.NaN, 12);
    }
  });

  test('the first eight gradient entries are those of the first image, channel after channel', () => {
    const tiny: Picture = { prediction: numbers(12), target: [0, 1], spatial: [1, 2], channels: 6 };
    const whole = evaluate(tiny, 'ce').gradient;
    expect(whole?.head).toHaveLength(8);
    expect(Math.hypot(...(whole?.head ?? []))).toBeLessThan(whole?.l2 ?? 0);
  });
});
