import type { StoredArray } from '../core/index.ts';
import { numberAt } from '../kernels/index.ts';
import { type Stack, stack } from '../measure/arrays.ts';

/** Axis orders by number of axes, the most usual first. */
const orders: Readonly<Record<number, readonly string[]>> = {
  2: ['HW'],
  3: ['CHW', 'NHW', 'HWC', 'DHW'],
  4: ['NCHW', 'NHWC', 'CDHW', 'DHWC', 'NDHW'],
  5: ['NCDHW', 'NDHWC'],
};

/** All layouts that --layout takes. */
export const layouts: readonly string[] = Object.values(orders).flat();

/** A way to read both arrays so that every pixel of one meets a pixel of the other. */
export interface Pairing {
  readonly prediction: Stack;
  readonly predictionLayout: string;
  readonly target: Stack;
  readonly targetLayout: string;
  /** Channels last. */
  readonly last: boolean;
}

/** Every pairing of axis orders under which the shapes fit, the most usual first. */
export function pairings(prediction: StoredArray, target: StoredArray, declared: string | null): Pairing[] {
  const own = declared === null ? (orders[prediction.shape.length] ?? []) : [declared];
  return own.flatMap((predictionLayout) => {
    const read = stack(prediction, predictionLayout);
    return targetOrders(target, predictionLayout).flatMap((targetLayout) => {
      const truth = stack(target, targetLayout);
      const fits = truth.images === read.images && sameShape(truth.spatial, read.spatial) && channelsFit(read, truth);
      if (!fits) return [];
      const last = predictionLayout.endsWith('C');
      return [{ prediction: read, predictionLayout, target: truth, targetLayout, last }];
    });
  });
}

/** Axis orders of a target beside a prediction of the given order: same number of spatial axes. */
export function targetOrders(target: StoredArray, predictionLayout: string): readonly string[] {
  const space = (layout: string): number => [...layout].filter((letter) => 'DHW'.includes(letter)).length;
  return (orders[target.shape.length] ?? []).filter((layout) => space(layout) === space(predictionLayout));
}

/** One channel of labels, as many channels as the prediction, or the 2 to 4 of a colour image. */
export function channelsFit(prediction: Stack, target: Stack): boolean {
  return target.channels === 1 || target.channels === prediction.channels || isPicture(target, prediction.channels);
}

/** True for a target that can be a picture: grey + alpha, RGB or RGBA from an image file, or colours in a tensor. */
export function isPicture(target: Stack, classes: number): boolean {
  return colourScale(target, classes) !== null;
}

/** What the values of a picture are multiplied by to come to 0-255; null where it is none. Floats are soft labels where there is one per class, and a repeated mask beside one class. */
export function colourScale({ array, channels }: Stack, classes: number): 1 | 255 | null {
  if (array.hints.container === 'image') return channels >= 2 && channels <= 4 ? 1 : null;
  const floats = array.dtype.startsWith('float');
  if (channels < 3 || channels > 4 || (floats && (channels === classes || classes === 1))) return null;
  const values = sampled(array);
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  // Colours reach far beyond class ids.
  if (largest >= 64 && (!floats || values.every(Number.isInteger))) return 1;
  const shares = floats && values.some((value) => value > 0 && value < 1);
  const levels = values.every((value) => Math.abs(255 * value - Math.round(255 * value)) <= 1e-3);
  return shares && largest <= 1 && levels ? 255 : null;
}

/** What was seen of files, where every look is a call to the system. */
const samples = new WeakMap<StoredArray['data'], readonly number[]>();

/** Some thousands of the values, spread evenly. */
function sampled({ data }: StoredArray): readonly number[] {
  const values = samples.get(data) ?? spread(data);
  if (!ArrayBuffer.isView(data)) samples.set(data, values);
  return values;
}

function spread(data: StoredArray['data']): number[] {
  const step = Math.max(1, Math.floor(data.length / 4099));
  return Array.from({ length: Math.ceil(data.length / step) }, (_, k) => numberAt(data, k * step));
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The factor between two spatial shapes when all axes share it and it is an output stride; null otherwise. */
export function sharedFactor(prediction: readonly number[], target: readonly number[]): number | null {
  // An axis of equal length has no other resolution.
  if (prediction.some((n, axis) => n === target[axis])) return null;
  for (const r of [2, 4, 8, 16, 32]) {
    const up = prediction.every((n, axis) => Math.abs((target[axis] ?? 0) / r - n) <= 1);
    const down = prediction.every((n, axis) => Math.abs(n / r - (target[axis] ?? 0)) <= 1);
    if (prediction.length > 0 && (up || down)) return up ? r : 1 / r;
  }
  return null;
}
