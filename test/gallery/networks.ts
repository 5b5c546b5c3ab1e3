/**
 * What networks make of a picture, at several stages of training and with the faults that honest networks have. They see the
 * true labels displaced, mixed up in patches and blurred, never the labels plus independent noise.
 */
import { blur, type Field, gathered, noise, placeOf, type Shape, throughCoarse, upperQuantile } from './fields.ts';
import type { Random } from './random.ts';
import { ellipse } from './scenes.ts';

export const skills = ['untrained', 'early', 'weak', 'good', 'saturated'] as const;
export type Skill = (typeof skills)[number];

/** Faults on top of the stage of training. */
export interface Manner {
  readonly name: string;
  /** The decoder works on a grid that is coarser by this factor; 2-D only. */
  readonly coarse?: number;
  /** Amplitude of the pattern that transposed convolutions leave. */
  readonly checkerboard?: number;
  /** The rarest class is never answered. */
  readonly blind?: true;
  /** Bonus of the commonest class. */
  readonly background?: number;
  /** Share of the pixels of rarer classes that belong to missed objects. */
  readonly missed?: number;
  /** Objects seen where none are, per picture. */
  readonly phantoms?: number;
  /** Factor on all logits. */
  readonly confidence?: number;
  readonly blur?: number;
  /** Stages of training at which networks are like this; all unless given. */
  readonly stages?: readonly Skill[];
}

const later: readonly Skill[] = ['weak', 'good', 'saturated'];

export const manners: readonly Manner[] = [
  { name: 'plain' },
  { name: 'coarse decoder', coarse: 4 },
  { name: 'checkerboard', checkerboard: 0.6 },
  { name: 'blind to one class', blind: true },
  { name: 'prefers background', background: 1.5, stages: later },
  { name: 'misses objects', missed: 0.4 },
  { name: 'sees phantoms', phantoms: 3 },
  { name: 'overconfident', confidence: 2.5, stages: later },
  { name: 'underconfident', confidence: 0.4 },
  { name: 'blurred', blur: 3, stages: ['early', 'weak', 'good'] },
  { name: 'coarse and overconfident', coarse: 4, confidence: 2, stages: later },
];

interface Stage {
  /** Logits per unit of log evidence, pull of the class frequencies, and amplitude of correlated noise. */
  readonly gain: number;
  readonly prior: number;
  readonly noise: number;
  /** Displacement of outlines, radius of the blur in pixels, share of each class taken for another. */
  readonly warp: number;
  readonly blur: number;
  readonly confusion: number;
}

const stages: Readonly<Record<Exclude<Skill, 'untrained'>, Stage>> = {
  early: { gain: 0.22, prior: 0.9, noise: 0.25, warp: 3, blur: 5, confusion: 0.3 },
  weak: { gain: 0.6, prior: 0.4, noise: 0.6, warp: 2.5, blur: 3, confusion: 0.22 },
  good: { gain: 1.2, prior: 0.1, noise: 0.6, warp: 1.2, blur: 1, confusion: 0.06 },
  saturated: { gain: 4, prior: 0, noise: 0.8, warp: 0.5, blur: 1, confusion: 0.015 },
};

const floor = 0.02;

/** Answers one picture after another; what belongs to the weights stays the same. Logits are channel by channel. */
export type Network = (ids: Uint8Array, shape: Shape) => Field;

export function network(
  classes: number,
  skill: Skill,
  manner: Manner,
  frequency: readonly number[],
  random: Random,
): Network {
  if (skill === 'untrained') return untrained(classes, random);
  const stage = stages[skill];
  const byFrequency = Array.from({ length: classes }, (_, id) => id).sort(
    (a, b) => (frequency[b] ?? 0) - (frequency[a] ?? 0),
  );
  const present = byFrequency.filter((id) => (frequency[id] ?? 0) > 0);
  const commonest = present[0] ?? 0;
  const rarest = present.length > 2 ? present.at(-1) : undefined;
  // Each class has one that it looks like.
  const twin = Array.from({ length: classes }, (_, id) => random.pick(byFrequency.filter((other) => other !== id)));
  const bias = Array.from({ length: classes }, (_, id) => stage.prior * Math.log((frequency[id] ?? 0) + 0.002));
  return (ids, shape) => {
    const seen = warped(ids, shape, random, stage.warp);
    confuse(seen, shape, random, (id) => twin[id] ?? 0, stage.confusion);
    if (manner.missed !== undefined) {
      const rare = (id: number): number => (id === commonest ? id : commonest);
      confuse(seen, shape, random, rare, manner.missed);
    }
    for (let phantom = 0; phantom < (manner.phantoms ?? 0); phantom++) addPhantom(seen, shape, random, classes);
    const sureness = noise(random, shape, 8).map((x) => Math.min(1.5, Math.max(0.5, 1 + 0.22 * x)));
    const out = new Float64Array(classes * seen.length);
    const indicator = new Float64Array(seen.length);
    for (let id = 0; id < classes; id++) {
      seen.forEach((label, i) => {
        indicator[i] = label === id ? 1 : 0;
      });
      const evidence = blur(indicator, shape, stage.blur + (manner.blur ?? 0));
      const patchy = noise(random, shape, 3);
      const shift =
        (bias[id] ?? 0) + (id === commonest ? (manner.background ?? 0) : 0) - (manner.blind && id === rarest ? 5 : 0);
      const plain = evidence.map(
        (e, i) =>
          stage.gain * (sureness[i] ?? 1) * Math.log((floor + e) / floor) + stage.noise * (patchy[i] ?? 0) + shift,
      );
      out.set(rendered(plain, shape, manner), id * seen.length);
    }
    return out;
  };
}

/** Random weights on what a random stem makes of the picture: brightness, edges and texture. */
function untrained(classes: number, random: Random): Network {
  const size = random.pick([0.05, 0.1, 0.2]);
  const weights = Array.from({ length: classes }, () => [0, 1, 2].map(() => size * random.normal()));
  const bias = Array.from({ length: classes }, () => 0.5 * size * random.normal());
  const brightness = Array.from({ length: classes }, () => random.normal());
  return (ids, shape) => {
    const texture = noise(random, shape, 2);
    const picture = texture.map((x, i) => 0.8 * x + 0.9 * (brightness[ids[i] ?? 0] ?? 0));
    const smooth = blur(picture, shape, 3);
    const features = [smooth, picture.map((x, i) => x - (smooth[i] ?? 0)), noise(random, shape, 1)];
    const out = new Float64Array(classes * ids.length);
    weights.forEach((row, id) => {
      for (let i = 0; i < ids.length; i++) {
        out[id * ids.length + i] = features.reduce((sum, f, j) => sum + (row[j] ?? 0) * (f[i] ?? 0), bias[id] ?? 0);
      }
    });
    return out;
  };
}

/** Every pixel looks a little beside itself, smoothly, and on average nowhere. */
function warped(ids: Uint8Array, shape: Shape, random: Random, amount: number): Uint8Array {
  const offsets = shape.map((_, axis) => {
    const coarse = shape.length === 3 && axis === 0 ? 0.3 : 1;
    return noise(random, shape, 3).map((x) => x * amount * coarse);
  });
  let pixel = 0;
  return gathered(ids, shape, (place) => {
    const moved = place.map((at, axis) => at + (offsets[axis]?.[pixel] ?? 0));
    pixel++;
    return moved;
  });
}

/** Takes patches of every class for the class that `instead` names. */
function confuse(seen: Uint8Array, shape: Shape, random: Random, instead: (id: number) => number, share: number): void {
  const field = noise(random, shape, 4);
  const limit = upperQuantile(field, share);
  seen.forEach((id, i) => {
    if ((field[i] ?? 0) > limit) seen[i] = instead(id);
  });
}

function addPhantom(seen: Uint8Array, shape: Shape, random: Random, classes: number): void {
  const id = random.integer(0, classes - 1);
  const inside = ellipse(
    shape.map((length) => random.between(0, length)),
    shape.map((length) => random.between(0.03, 0.1) * length),
  );
  seen.forEach((_, i) => {
    if (inside(placeOf(i, shape)) < 0) seen[i] = id;
  });
}

function rendered(logits: Field, shape: Shape, { coarse, checkerboard = 0, confidence = 1 }: Manner): Field {
  const drawn = coarse !== undefined && shape.length === 2 ? throughCoarse(logits, shape, coarse) : logits;
  const width = shape.at(-1) ?? 1;
  return drawn.map((z, i) => {
    const odd = (i % width) % 2 === Math.floor(i / width) % 2 ? 1 : -1;
    return confidence * (z + checkerboard * odd * 0.5);
  });
}

export function frequencies(ids: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  return counts.map((n) => n / ids.length);
}
