import { type DType, type Example, type NdArray, type NumericData, ndarray } from '../core/index.ts';
import type { DiagnoseOptions } from '../options.ts';

/** The arrays and options that an example of a rule stands for. */
export interface ExampleCase {
  readonly prediction: NdArray;
  readonly target: NdArray;
  readonly options: DiagnoseOptions;
}

/** Draws the pictures of an example as arrays. */
export function exampleCase(example: Example): ExampleCase {
  const { legend, labels = {}, repeat = [1, 1], dtype = 'float32', layout = 'CHW', images } = example;
  const scores = grid(example.prediction, repeat, (mark) => legend[mark]);
  const truth = grid(example.target, repeat, (mark) => {
    const label = labels[mark] ?? Number(mark);
    return typeof label === 'number' ? [label] : label;
  });
  const picture = truth.depth > 1;
  const targetDtype = example.targetDtype ?? 'uint8';
  return {
    prediction: toArray(scores, layout, dtype, images),
    target: picture
      ? ndarray(Uint8Array.from(truth.values), [truth.height, truth.width, truth.depth], 'uint8', {
          format: 'png',
          container: 'image',
        })
      : ndarray(typed(targetDtype, truth.values), shapeOf(truth, images), targetDtype),
    options: optionsOf(example.args ?? []),
  };
}

/** [H, W], or [N, H, W] where the rows are cut into images. */
function shapeOf({ height, width }: Grid, images: number | undefined): number[] {
  return images === undefined ? [height, width] : [images, height / images, width];
}

interface Grid {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  /** Row by row, the numbers of a pixel next to each other. */
  readonly values: readonly number[];
}

function grid(
  picture: string,
  [down, across]: readonly [number, number],
  meaning: (mark: string) => readonly number[] | undefined,
): Grid {
  const rows = picture.split('\n');
  const width = rows[0]?.length ?? 0;
  const line = (row: string): number[] =>
    [...row.repeat(across)].flatMap((mark) => {
      const numbers = meaning(mark);
      if (numbers === undefined) throw new Error(`the legend does not say what "${mark}" stands for`);
      return numbers;
    });
  if (rows.some((row) => row.length !== width)) throw new Error('the rows of an example differ in length');
  const once = rows.map(line);
  const values = Array.from({ length: down }, () => once).flat(2);
  const depth = (once[0]?.length ?? 0) / (width * across);
  return { height: rows.length * down, width: width * across, depth, values };
}

function toArray(scores: Grid, layout: 'CHW' | 'HWC', dtype: DType, images: number | undefined): NdArray {
  const { height, width, depth, values } = scores;
  const data = new Array<number>(values.length);
  const pixels = (height * width) / (images ?? 1);
  values.forEach((value, at) => {
    const [pixel, channel] = [Math.floor(at / depth), at % depth];
    const [image, inner] = [Math.floor(pixel / pixels), pixel % pixels];
    data[layout === 'CHW' ? (image * depth + channel) * pixels + inner : at] = value;
  });
  const [batch, space] = [images === undefined ? [] : [images], [height / (images ?? 1), width]];
  return ndarray(typed(dtype, data), [...batch, ...(layout === 'CHW' ? [depth, ...space] : [...space, depth])], dtype);
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
    ignoreIndex: of('--ignore-index').map(Number),
    classes: classes === undefined ? undefined : Number(classes),
    weights: weights === undefined ? undefined : numbers(weights),
    layout,
    activation,
  };
}
