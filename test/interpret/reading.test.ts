import { expect, test } from 'vitest';
import { type Hints, type NdArray, type NumericData, ndarray } from '../../src/core/index.ts';
import { diagnose } from '../../src/index.ts';
import type { DiagnoseOptions } from '../../src/options.ts';
import { random } from '../_arrays.ts';

const png: Hints = { format: 'png', container: 'image' };

function logits(shape: readonly number[]): NdArray {
  const next = random(7);
  const size = shape.reduce((a, b) => a * b, 1);
  return ndarray(
    Float32Array.from({ length: size }, () => 4 * next() - 2),
    shape,
    'float32',
  );
}

/** [H, W] values as a target. */
function target(values: NumericData, shape: readonly number[], hints?: Hints): NdArray {
  return ndarray(values, shape, values instanceof Uint8Array ? 'uint8' : 'float32', hints);
}

function run(prediction: NdArray, truth: NdArray, options: DiagnoseOptions = {}) {
  const [report] = diagnose(prediction, truth, options).cases;
  if (report === undefined) throw new Error('a run without a case');
  return { ...report, found: report.verdicts.filter((it) => it.status === 'found') };
}

/** A mask of 64 x 64 with noise in the blocks that its outline crosses, as JPEG leaves it. */
const jpeg = Uint8Array.from({ length: 64 * 64 }, (_, at) => {
  const [x, y] = [at % 64, Math.floor(at / 64)];
  const noise = x >= 16 && x < 24 && (x + y) % 2 === 1 ? 3 + (y % 5) : 0;
  return x < 20 ? 255 - noise : noise;
});

test('a picture that JPEG blurred is read at its nearest level, and the effect is that of reading shades as shares', () => {
  const clean = jpeg.map((value) => (value > 127 ? 1 : 0));
  const options = { loss: 'bce-logits' };
  const read = run(logits([64, 64]), target(jpeg, [64, 64], png), options);
  const value = run(logits([64, 64]), target(clean, [64, 64]), options).losses[0]?.value;
  const shares = run(
    logits([64, 64]),
    target(
      Float32Array.from(jpeg, (v) => v / 255),
      [64, 64],
    ),
    {
      ...options,
      disable: ['jpeg-labels'],
    },
  ).losses[0]?.value;
  expect(read.losses[0]?.value).toBe(value);
  expect(read.found[0]).toMatchObject({ rule: 'jpeg-labels', effect: { after: value } });
  expect(read.found[0]?.effect?.before).toBeCloseTo(shares ?? Number.NaN, 9);
  expect(read.target.encoding).toBe('binary-255');
});

test('a tensor that JPEG blurred is what the loss was handed, and the repair reads it at its nearest level', () => {
  const { losses, found } = run(logits([64, 64]), target(jpeg, [64, 64]), { loss: 'bce-logits' });
  expect(Math.abs((losses[0]?.value ?? 0) - (found[0]?.effect?.after ?? 0))).toBeGreaterThan(0.1);
  expect(found[0]).toMatchObject({ rule: 'jpeg-labels', effect: { before: losses[0]?.value } });
  expect(found.slice(1).every((it) => it.role === 'consequence')).toBe(true);
});

test('numbered objects are no shades of grey: the picture is not read as shares', () => {
  const gapless = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 2 === 0 ? 0 : Math.floor((at * 141) / 4096)));
  expect(run(logits([64, 64]), target(gapless, [64, 64], png)).target.encoding).toBe('ids');
  const shades = gapless.map((value) => (value === 77 ? 255 : value));
  expect(run(logits([64, 64]), target(shades, [64, 64], png)).target.encoding).toBe('soft');
});

test('ids that were resized linearly abstain, and are measured with the nearest labels', () => {
  const ramp = [0, 0, 0, 0, 1.5, 3.5, 5, 5, 5, 5];
  const values = Float32Array.from({ length: 60 * 10 }, (_, at) => ramp[at % 10] ?? 0);
  const straight = values.map((value) => (value < 2.5 ? 0 : 5));
  const options = { loss: 'ce', layout: 'CHW' };
  const { losses, found } = run(logits([6, 60, 10]), target(values, [60, 10]), options);
  expect(losses[0]?.value).toBeNull();
  const after = run(logits([6, 60, 10]), target(straight, [60, 10]), options).losses[0]?.value;
  expect(found[0]).toMatchObject({ rule: 'interpolated-labels', effect: { after } });
});

test('channels that avoid each other are classes of one image, although background is in none', () => {
  const classes = new Uint8Array(4 * 40 * 40);
  for (let at = 0; at < 1600; at++) {
    const part = Math.floor((at % 40) / 8);
    if (part < 4) classes[part * 1600 + at] = 1;
  }
  const report = run(logits([4, 40, 40]), target(classes, [4, 40, 40]), { loss: 'ce' });
  expect(report.prediction).toMatchObject({ layout: 'CHW', classes: 4 });
  const next = random(3);
  const masks = classes.map(() => (next() < 0.4 ? 1 : 0));
  expect(run(logits([4, 40, 40]), target(masks, [4, 40, 40])).prediction.images).toBe(4);
});

test('a picture of too many colours is a colour picture, not a grey one', () => {
  const next = random(5);
  const photo = Uint8Array.from({ length: 96 * 96 * 3 }, () => Math.floor(256 * next()));
  const { found } = run(logits([96, 96]), target(photo, [96, 96, 3], { ...png, lossy: true }));
  expect(found[0]).toMatchObject({ rule: 'color-coded-target', message: expect.stringContaining('too many colours') });
});

test('colours that a transform divided by 255 are colours, unless there is one channel per class', () => {
  const codes = [
    [128, 0, 0],
    [0, 128, 0],
    [64, 0, 128],
    [0, 0, 0],
  ];
  const colours = Float32Array.from({ length: 3 * 32 * 32 }, (_, at) => {
    const code = codes[Math.floor((at % 32) / 8)] ?? [];
    return (code[Math.floor(at / 1024)] ?? 0) / 255;
  });
  const read = (classes: number) =>
    run(logits([1, classes, 32, 32]), target(colours, [1, 3, 32, 32]), { loss: 'ce' }).target.encoding;
  expect(read(4)).toBe('color-coded');
  expect(read(3)).toBe('soft');
  const whole = run(
    logits([1, 4, 32, 32]),
    target(
      colours.map((v) => Math.round(255 * v)),
      [1, 3, 32, 32],
    ),
  );
  expect(whole.found[0]).toMatchObject({
    rule: 'color-coded-target',
    message: expect.stringContaining('(128, 0, 0) 25 %'),
  });
});

test('a target of 0 and 255 explains the scores that it has driven away', () => {
  const mask = Float32Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 30 ? 255 : 0));
  const far = ndarray(
    Float32Array.from(mask, (v, at) => (v > 0 ? 9000 : 2500) + (at % 7)),
    [64, 64],
    'float32',
  );
  const { found } = run(far, target(mask, [64, 64]), { loss: 'bce-logits' });
  expect(found[0]).toMatchObject({ rule: 'unscaled-binary-target', role: 'cause' });
  expect(found.find(({ rule }) => rule === 'exploded-logits')).toMatchObject({ causedBy: 'unscaled-binary-target' });
});

test('a loss that knows one class per pixel abstains on pixels with two', () => {
  const several = Uint8Array.from({ length: 2 * 16 * 16 }, (_, at) => (at < 256 || at % 2 === 0 ? 1 : 0));
  const { losses, found } = run(logits([1, 2, 16, 16]), target(several, [1, 2, 16, 16]), { loss: 'topk' });
  expect(losses[0]?.value).toBeNull();
  expect(found[0]).toMatchObject({ rule: 'multilabel-vs-multiclass' });
});

test('a grey picture of a lossy format whose channels differ by a few levels is grey, not colour-coded', () => {
  const webp: Hints = { format: 'webp', container: 'image', lossy: true };
  const picture = (gap: number): Uint8Array =>
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => {
      const [pixel, channel] = [Math.floor(at / 3), at % 3];
      return ((pixel % 64 < 20 ? 250 : 2) + (channel === 1 && pixel % 7 === 0 ? gap : 0)) | 0;
    });
  const read = (gap: number, hints: Hints) =>
    run(logits([64, 64]), target(picture(gap), [64, 64, 3], hints), { loss: 'bce-logits' });
  expect(read(4, webp).found[0]).toMatchObject({ rule: 'jpeg-labels', title: expect.stringContaining('WebP') });
  expect(read(5, webp).target.encoding).toBe('color-coded');
  expect(read(1, png).target.encoding).toBe('color-coded');
});

test('ids of 0 and 1 in a picture with three equal channels are ids, and not three classes at once', () => {
  const equal = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => Number(Math.floor(at / 3) % 64 < 20));
  const read = run(logits([3, 64, 64]), target(equal, [64, 64, 3], png), { loss: 'ce' });
  expect(read.target.encoding).toBe('ids');
  expect(read.found.map(({ rule }) => rule)).not.toContain('multilabel-vs-multiclass');
});

test('a state that the values cannot have is refused with numbers', () => {
  const scores = (min: number, max: number): NdArray =>
    ndarray(
      Float32Array.from({ length: 64 }, (_, at) => (at === 0 ? min : at === 1 ? max : 0.3)),
      [8, 8],
      'float32',
    );
  const mask = target(new Uint8Array(64).fill(1, 20), [8, 8]);
  const read = (activation: string, min: number, max: number) => run(scores(min, max), mask, { activation });
  expect(() => read('sigmoid', -3, 0.9)).toThrow(
    /--activation sigmoid says that the prediction holds probabilities, but its values run from -3 to 0.9, 1.563 % of them outside \[0, 1\]/,
  );
  expect(() => read('softmax', 0, 1.26)).toThrow(/from 0 to 1.26/);
  expect(() => read('log-softmax', -3, 0.4)).toThrow(/never above 0/);
  expect(() => read('labels', 0, 1)).toThrow(/are no integers/);
  expect(() => read('scaled-by-255', -80, 255)).toThrow(/values of 0 to 255/);
  expect(read('logits', -3, 0.9).prediction.activation).toBe('logits');
  const resized = read('sigmoid', -0.2, 1.2).assumptions.find(({ about }) => about === 'activation');
  expect(resized).toMatchObject({ confidence: 'likely', because: expect.stringContaining('3.13 % of the values') });
});

test('weights that no declared loss takes are said to be unused', () => {
  const mask = target(new Uint8Array(64).fill(1, 20), [8, 8]);
  const about = (loss: string | undefined) =>
    run(logits([8, 8]), mask, { loss, weights: [1, 2] }).assumptions.find((it) => it.about === 'class weights');
  expect(about('mse')).toMatchObject({ chosen: 'not used', because: expect.stringMatching(/^mse takes no/) });
  expect(about('dice + mse')).toBeUndefined();
  expect(about('dice')).toBeUndefined();
  expect(about(undefined)).toBeUndefined();
});
