import type { Labels, Reals } from './reals.ts';

/** 1 where a pixel belongs to a class, 0 elsewhere; ignored pixels belong to no class. */
export function memberMask(labels: Labels, targets: Reals | null, channel: number, members: Labels): void {
  const at = channel * members.length;
  for (let i = 0; i < members.length; i++) {
    const member = targets === null ? labels[i] === channel : labels[i] >= 0 && targets[at + i] > 0.5;
    members[i] = member ? 1 : 0;
  }
}

/** 1 where the probability of a channel is above 1/2 (and the pixel is not ignored), 0 elsewhere. */
export function decisionMask(labels: Labels, p: Reals, channel: number, members: Labels): void {
  const at = channel * members.length;
  for (let i = 0; i < members.length; i++) members[i] = labels[i] >= 0 && p[at + i] > 0.5 ? 1 : 0;
}

/**
 * Signed distance to the boundary of a region from the squared distances to the other side: d outside, `ring` - d
 * inside. 0 on ignored pixels and where there is no other side. Adds up the map over the region and over the rest.
 */
export function signedDistance(
  squared: Reals,
  members: Labels,
  labels: Labels,
  ring: number,
  out: Float64Array,
  at: number,
): { inside: number; outside: number } {
  let inside = 0;
  let outside = 0;
  for (let i = 0; i < members.length; i++) {
    const known = labels[i] >= 0 && squared[i] !== Infinity;
    const d = known ? Math.sqrt(squared[i]) : 0;
    const signed = !known ? 0 : members[i] === 1 ? ring - d : d;
    out[at + i] = signed;
    if (members[i] === 1) inside += signed;
    else outside += signed;
  }
  return { inside, outside };
}

/** Adds p times a map of whole images over the valid pixels to the sum of each channel. */
export function sumMapped(
  p: Reals,
  labels: Labels,
  map: Float64Array,
  pixels: number,
  start: number,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      if (labels[i] >= 0) sum += p[c * stride + i] * map[c * pixels + start + i];
    }
    sums[c] += sum;
  }
}
