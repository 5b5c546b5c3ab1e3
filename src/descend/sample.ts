import { type Subject, type TargetTotals, view } from '../core/index.ts';
import type { Interpretation } from '../interpret/interpretation.ts';
import type { Stack } from '../measure/arrays.ts';
import { openCase } from '../measure/case.ts';

type Arrays = NonNullable<Interpretation['arrays']>;

/** A part of the pixels on a regular grid, small enough to be looked at many times. */
export interface Sample extends Arrays {
  readonly subject: Subject;
  /** Every so many-th image, and pixel along each axis; 1 for all of them. */
  readonly everyImage: number;
  readonly everyPixel: readonly number[];
  /** Of the target. */
  readonly totals: TargetTotals;
}

/** Values that are worked on at most, give or take; with many channels no fewer pixels than the second number. */
const mostValues = 1 << 15;
const fewestPixels = 1024;
const mostImages = 8;
/** Grids that are compared at most. */
const mostGrids = 256;

/**
 * A grid of every n-th pixel along each axis: neighbours stay neighbours. Of the grids that differ in where they begin the one whose class
 * frequencies are nearest to those of the whole is taken, so that a rare class is not lost.
 */
export function sampleOf(subject: Subject, arrays: Arrays): Sample {
  const { images, channels, spatial } = subject;
  const everyImage = Math.ceil(images / mostImages);
  const budget = Math.max(fewestPixels, mostValues / channels) / Math.ceil(images / everyImage);
  const everyPixel = steps(spatial, budget);
  const whole = counted({ ...arrays, subject, everyImage, everyPixel });
  if (everyImage === 1 && everyPixel.every((every) => every === 1)) return whole;
  const aim = shares(whole.totals);
  const distance = ({ totals }: Sample): number => {
    const own = shares(totals);
    return aim.reduce((sum, share, c) => sum + (share > 0 ? Math.abs((own[c] ?? 0) - share) / share : 0), 0);
  };
  let best = { sample: whole, distance: Infinity };
  for (const begin of beginnings(everyPixel)) {
    const sample = counted(thinned(whole, begin));
    const own = distance(sample);
    if (own < best.distance) best = { sample, distance: own };
  }
  return best.sample;
}

function counted(it: Omit<Sample, 'totals'>): Sample {
  return { ...it, totals: openCase(it.subject, it.prediction, it.target, it.mode).totals(view([])) };
}

/** Steps along the axes that leave no more than so many pixels; the axis with most pixels left gives way first. */
function steps(spatial: readonly number[], budget: number): number[] {
  const every = spatial.map(() => 1);
  const left = (): number[] => spatial.map((length, axis) => Math.ceil(length / (every[axis] ?? 1)));
  for (let lengths = left(); lengths.reduce((a, b) => a * b, 1) > Math.max(1, budget); lengths = left()) {
    const longest = lengths.indexOf(Math.max(...lengths));
    every[longest] = (every[longest] ?? 1) + 1;
  }
  return every;
}

/** Where the grids may begin along each axis. */
function beginnings(every: readonly number[]): number[][] {
  let begins: number[][] = [[]];
  for (const step of every) {
    const starts = Array.from({ length: step }, (_, start) => start);
    begins = begins.flatMap((begin) => starts.map((start) => [...begin, start]));
  }
  const skip = Math.ceil(begins.length / mostGrids);
  return begins.filter((_, k) => k % skip === 0);
}

function thinned(it: Omit<Sample, 'totals'>, begin: readonly number[]): Omit<Sample, 'totals'> {
  const { everyImage, everyPixel, subject } = it;
  const target = grid(it.target, everyImage, everyPixel, begin);
  const spatial = target.spatial;
  return {
    ...it,
    prediction: grid(it.prediction, everyImage, everyPixel, begin),
    target,
    subject: {
      ...subject,
      images: target.images,
      spatial,
      pixels: spatial.reduce((a, b) => a * b, 1),
      spacing: subject.spacing.map((size, axis) => size * (everyPixel[axis] ?? 1)),
    },
  };
}

/** A view of an array: nothing is copied. */
function grid(it: Stack, everyImage: number, everyPixel: readonly number[], begin: readonly number[]): Stack {
  const offset = begin.reduce((sum, start, axis) => sum + start * (it.spatialStrides[axis] ?? 0), it.array.offset);
  return {
    ...it,
    array: { ...it.array, offset },
    images: Math.ceil(it.images / everyImage),
    imageStride: it.imageStride * everyImage,
    spatial: it.spatial.map((length, axis) => Math.ceil((length - (begin[axis] ?? 0)) / (everyPixel[axis] ?? 1))),
    spatialStrides: it.spatialStrides.map((stride, axis) => stride * (everyPixel[axis] ?? 1)),
  };
}

/** Class frequencies over the valid pixels. */
function shares({ channels, count, valid }: TargetTotals): number[] {
  const all = valid.reduce((a, b) => a + b, 0);
  const out = new Array<number>(channels).fill(0);
  count.forEach((pixels, cell) => {
    out[cell % channels] = (out[cell % channels] ?? 0) + (all > 0 ? pixels / all : 0);
  });
  return out;
}
