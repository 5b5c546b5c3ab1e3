import type { Loss } from '../../src/core/index.ts';
import { evaluate, type Picture, random } from '../_arrays.ts';

const side = 4;
const size = side ** 2;
const next = random(11);
/** Scores of 4 x 4 pixels in three channels, nothing special about them. */
const scores = Array.from({ length: 3 * size }, () => Math.round(500 * next() - 250) / 100);

const three: Omit<Picture, 'target'> = { spatial: [side, side], channels: 3, prediction: scores };
const one: Omit<Picture, 'target'> = { ...three, channels: 1, prediction: scores.slice(0, size) };
const pixel: Omit<Picture, 'target'> = { spatial: [1, 1], channels: 3, prediction: [0.5, 1.5, -0.2] };
const ids = Array.from({ length: size }, (_, at) => (at === 0 ? 1 : at % 3));
const mixed = Array.from({ length: size }, (_, at) => Number(at % side < 2));

/** Every pixel the same. */
function filled(picture: Omit<Picture, 'target'>, label: number): Picture {
  return { ...picture, target: new Array<number>(size).fill(label), ...(label === 255 ? { ignore: [255] } : {}) };
}

/** The first score replaced, at a pixel of class 1 in a target that holds all classes. */
function first(picture: Omit<Picture, 'target'>, channel: number, value: number): Picture {
  const prediction = Array.from(picture.prediction);
  prediction[size * channel] = value;
  return { ...picture, prediction, target: picture.channels === 1 ? mixed : ids };
}

/** The inputs by name: over three exclusive classes, and over one channel. */
const inputs: Readonly<Record<string, Picture>> = {
  'only background': filled(three, 0),
  'one class everywhere': filled(three, 1),
  'a class is absent': { ...three, target: mixed },
  'all pixels ignored': filled(three, 255),
  'one pixel': { ...pixel, target: [1] },
  'a NaN': first(three, 1, Number.NaN),
  'a score of +infinity': first(three, 1, Infinity),
  'a score of -infinity for the right class': first(three, 1, -Infinity),
  'one channel': { ...one, target: mixed },
  'one channel, empty mask': filled(one, 0),
  'one channel, full mask': filled(one, 1),
  'one channel, all ignored': filled(one, 255),
  'one channel, one pixel': { ...pixel, channels: 1, prediction: [0.5], target: [1] },
  'one channel, a NaN': first(one, 0, Number.NaN),
  'one channel, +infinity on the foreground': first(one, 0, Infinity),
  'one channel, -infinity on the foreground': first(one, 0, -Infinity),
};

/** The inputs that a loss is defined for. */
export function inputsOf(loss: Loss): string[] {
  return Object.entries(inputs)
    .filter(([, { channels }]) => loss.kinds.includes(channels === 1 ? 'binary' : 'exclusive'))
    .map(([name]) => name);
}

/** Value and norm of the gradient, in words that do not change with rounding. */
export function outcome(name: string, spec: string): { value: string; gradient: string } {
  const picture = inputs[name];
  if (picture === undefined) throw new Error(`no input "${name}"`);
  const { value, gradient, raises } = evaluate(picture, spec);
  if (raises !== null) return { value: 'error', gradient: 'error' };
  return { value: word(value), gradient: word(gradient?.l2 ?? Number.NaN) };
}

function word(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('Infinity', 'infinity');
  return Math.abs(value) < 1e-12 ? '0' : String(Number(value.toPrecision(4)));
}
