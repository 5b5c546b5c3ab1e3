/** A batch of pictures, their labels and what a network says of them, before anything is stored. */
import { type Field, noise, type Shape, sizeOf } from './fields.ts';
import { frequencies, manners, network, type Skill, skills } from './networks.ts';
import { type Random, randomFrom } from './random.ts';
import { binaryScenes, classScenes, type Scene, volumeScenes } from './scenes.ts';

export const kinds = ['binary', 'classes', 'volume'] as const;
export type Kind = (typeof kinds)[number];

export interface Situation {
  readonly kind: Kind;
  readonly skill: Skill;
  /** Scene, stage of training and manner of the network. */
  readonly name: string;
  readonly images: number;
  readonly shape: Shape;
  /** Pixels of one image. */
  readonly pixels: number;
  readonly classes: number;
  /** 1 for a head of one sigmoid, else one per class. */
  readonly channels: number;
  /** Class of every pixel, image by image. */
  readonly ids: Uint8Array;
  /** 1 where nobody labelled the pixel; null where everything is labelled. */
  readonly unlabelled: Uint8Array | null;
  /** Image by image, channel by channel. */
  readonly logits: Field;
  readonly random: Random;
}

/** What a defect asks of the situation that it is put into. */
export interface Wanted {
  readonly skills?: readonly Skill[];
  readonly head?: 'one' | 'several';
  readonly images?: number;
  readonly scenes?: readonly string[];
  /** Unlabelled outlines: left in unless this says otherwise. */
  readonly unlabelled?: boolean;
  /** No image may be without an object, and none of the usual faults added to the network. */
  readonly plain?: boolean;
}

const scenesOf: Readonly<Record<Kind, readonly Scene[]>> = {
  binary: binaryScenes,
  classes: classScenes,
  volume: volumeScenes,
};

/** Draws a situation; the same numbers give the same situation. */
export function situation(kind: Kind, wanted: Wanted, ...seeds: readonly number[]): Situation | null {
  const random = randomFrom(...seeds);
  const fitting = scenesOf[kind].filter(
    (it) =>
      (wanted.scenes?.includes(it.name) ?? true) &&
      !(wanted.head === 'one' && it.classes > 2) &&
      !(wanted.unlabelled && it.outlines === undefined),
  );
  if (fitting.length === 0) return null;
  const scene = random.pick(fitting);
  const images = wanted.images ?? (kind === 'volume' ? 1 : random.pick([1, 1, 1, 2]));
  const skill = random.pick(wanted.skills ?? skills);
  const manner = random.pick(
    manners.filter((it) => (wanted.plain ? it.name === 'plain' : (it.stages?.includes(skill) ?? true))),
  );
  const several = wanted.head === 'several' || (wanted.head === undefined && random.chance(0.25));
  const channels = scene.classes > 2 || several ? scene.classes : 1;
  const { shape, classes } = scene;
  const pixels = sizeOf(shape);
  const ids = new Uint8Array(images * pixels);
  const outlines = scene.outlines !== undefined && wanted.unlabelled !== false;
  const unlabelled = outlines ? new Uint8Array(ids.length) : null;
  for (let image = 0; image < images; image++) {
    const own = ids.subarray(image * pixels, (image + 1) * pixels);
    // Small objects are absent from some pictures.
    if (scene.name === 'nodules' && !wanted.plain && images > 1 && random.chance(0.3)) continue;
    scene.paint({ shape, ids: own, wobble: noise(random, shape, 3) }, random);
    if (unlabelled !== null) markOutlines(own, shape, unlabelled.subarray(image * pixels, (image + 1) * pixels));
  }
  const answer = network(classes, skill, manner, frequencies(ids, classes), random);
  const logits = new Float64Array(images * channels * pixels);
  for (let image = 0; image < images; image++) {
    const own = answer(ids.subarray(image * pixels, (image + 1) * pixels), shape);
    const kept = channels === 1 ? own.subarray(pixels, 2 * pixels).map((z, i) => z - (own[i] ?? 0)) : own;
    logits.set(kept, image * channels * pixels);
  }
  const name = `${scene.name}, ${skill}, ${manner.name}`;
  return { kind, skill, name, images, shape, pixels, classes, channels, ids, unlabelled, logits, random };
}

/** One pixel along every outline, and the strip that the camera's own mount covers. */
function markOutlines(ids: Uint8Array, [height = 1, width = 1]: Shape, unlabelled: Uint8Array): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const right = x + 1 < width && ids[i + 1] !== ids[i];
      const below = y + 1 < height && ids[i + width] !== ids[i];
      if (right || below || y >= height - 2) unlabelled[i] = 1;
    }
  }
}
