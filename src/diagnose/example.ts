import { type DType, type Example, type NdArray, type NumericData, ndarray } from '../core/index.ts';
import type { DiagnoseOptions } from '../options.ts';

/** The arrays and options that an example of a rule stands for. */
export interface ExampleCase {
  readonly prediction: NdArray;
  readonly target: NdArray;
  /** Exports before the prediction, where the example is about several. */
  readonly before: readonly NdArray[];
  readonly options: DiagnoseOptions;
}

/** Draws the pictures of an example as arrays. */
export function exampleCase(example: Example): ExampleCase {
  const { legend, labels = {}, repeat = [1, 1], dtype = 'float32', layout = 'CHW', images } = example;
  const scoresOf = (picture: string): NdArray =>
    toArray(
      grid(picture, repeat, (mark) => legend[mark], images),
      layout,
      dtype,
    );
  const truth = grid(
    example.target,
    repeat,
    (mark) => {
      const label = labels[mark] ?? Number(mark);
      return typeof label === 'number' ? [label] : label;
    },
    images,
  );
  const picture = truth.depth > 1;
  const targetDtype = example.targetDtype ?? 'uint8';
  const batch = truth.images > 1 ? [truth.images] : [];
  const mask = picture
    ? ndarray(Uint8Array.from(truth.values), [truth.height, truth.width, truth.depth], 'uint8', {
        format: 'png',
        container: 'image',
      })
    : ndarray(typed(targetDtype, truth.values), [...batch, truth.height, truth.width], targetDtype);
  const said = (array: NdArray, hints = {}): NdArray => ({ ...array, hints: { ...array.hints, ...hints } });
  return {
    prediction: said(scoresOf(example.prediction), example.hints?.prediction),
    before: (example.series?.before ?? []).map(scoresOf),
    target: said(mask, example.hints?.target),
    options: optionsOf(example.args ?? []),
  };
}

interface Grid {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  /** Image by image, row by row, the numbers of a pixel next to each other. */
  readonly values: readonly number[];
}

/** A blank line begins another image; with `cut`, the picture is so many images one below the other. */
function grid(
  picture: string,
  [down, across]: readonly [number, number],
  meaning: (mark: string) => readonly number[] | undefined,
  cut = 1,
): Grid {
  const images = picture.split('\n\n').map((it) => it.split('\n'));
  const rows = images.flat();
  const width = rows[0]?.length ?? 0;
  const line = (row: string): number[] =>
    [...row.repeat(across)].flatMap((mark) => {
      const numbers = meaning(mark);
      if (numbers === undefined) throw new Error(`the legend does not say what "${mark}" stands for`);
      return numbers;
    });
  if (rows.some((row) => row.length !== width)) throw new Error('the rows of an example differ in length');
  const values = images.flatMap((it) => Array.from({ length: down }, () => it.map(line)).flat(2));
  const count = images.length * cut;
  const height = (rows.length * down) / count;
  const depth = values.length / (count * height * width * across);
  return { images: count, height, width: width * across, depth, values };
}

function toArray({ images, height, width, depth, values }: Grid, layout: 'CHW' | 'HWC', dtype: DType): NdArray {
  const data = new Array<number>(values.length);
  const pixels = height * width;
  values.forEach((value, at) => {
    const [pixel, channel] = [Math.floor(at / depth), at % depth];
    const [image, inner] = [Math.floor(pixel / pixels), pixel % pixels];
    data[layout === 'CHW' ? (image * depth + channel) * pixels + inner : at] = value;
  });
  const batch = images > 1 ? [images] : [];
  const shape = [...batch, ...(layout === 'CHW' ? [depth, height, width] : [height, width, depth])];
  return ndarray(typed(dtype, data), shape, dtype);
}

function typed(dtype: DType, values: readonly number[]): NumericData {
  if (dtype === 'uint8') return Uint8Array.from(values);
  return dtype === 'int16' ? Int16Array.from(values) : Float32Array.from(values);
}

/** The few flags that examples use, as the command line would read them. */
function optionsOf(args: readonly string[]): DiagnoseOptions {
  const of = (flag: string): string[] => args.flatMap((word, at) => (word === flag ? [args[at + 1] ?? ''] : []));
  const numbers = (text: string): number[] => text.split(',').map(Number);
  const [classes, weights, layout, activation] = ['--classes', '--weights', '--layout', '--activation'].map(
    (flag) => of(flag)[0],
  );
  return {
    loss: of('--loss'),
    reported: of('--reported'),
    baseline: of('--baseline'),
    ignoreIndex: of('--ignore-index').map(Number),
    classes: classes === undefined ? undefined : Number(classes),
    weights: weights === undefined ? undefined : numbers(weights),
    layout,
    activation,
  };
}
