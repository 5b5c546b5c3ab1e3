import type { Ringing } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';

/** Levels that lie closer together cannot be told from ringing around one. */
const levelGap = 24;
/** A level holds at least this share of the pixels. */
const levelShare = 0.005;
/** More levels than this are no mask that was black, white and a few greys. */
const mostLevels = 8;
/** Values besides the levels, from here on: fewer may be anything. */
const leastOthers = 2;
/** Share of the pixels within 40 grey values of a level: 0.96 at quality 30, 1 from 75 on; 0.93 after a cubic resize. */
const nearShare = 0.95;
/** Of the pixels off the levels, share within 16 grey values of one: 0.49 at quality 30, 0.73 at 60; 0.12 where any shade is as likely. */
const closeShare = 0.35;
/** Share of peaks among the pixels off the levels: 0.69 to 0.91 after JPEG, below 0.4 after a blur or a resize, noise included. */
const peakShare = 0.5;
/** Blocks off the levels that no outline crosses: none after JPEG, 5 % and more after anything that knows no blocks. */
const plainShare = 0.02;
/** Fewer blocks prove nothing. */
const leastBlocks = 8;

/** Looks for what JPEG leaves around the levels of a mask; undefined where the target shows no sign of it. */
export function findRinging(
  target: Stack,
  values: ReadonlyMap<number, number>,
  ignore: readonly number[],
  classes: number,
): Ringing | undefined {
  if (target.channels > 1) return undefined;
  const grey = greyLevels(values, ignore);
  if (grey === null) return undefined;
  const levels = modes(grey.counts, Math.min(classes, mostLevels));
  const near = (reach: number): number => shareNear(grey.counts, levels, reach);
  if (levels.length < 2 || grey.counts.size < levels.length + leastOthers || !(near(40) >= nearShare)) return undefined;
  const [on, close] = [near(0), near(16)];
  if (!(close - on >= closeShare * (1 - on))) return undefined;
  const stored = levels.map((level) => grey.stored.get(level) ?? level);
  const { off, peaks, blocks, plain } = lookAtPixels(target, stored);
  const traced = peaks >= peakShare * off && blocks >= leastBlocks && plain <= plainShare * blocks;
  // A file of a lossy format needs no further proof.
  if (!traced && target.array.hints.lossy !== true) return undefined;
  const size = [...grey.counts.values()].reduce((a, b) => a + b, 0);
  return {
    levels: stored,
    off: off / size,
    within8: near(8),
    within40: near(40),
    peaks: peaks / off,
    blocks,
    plainBlocks: plain,
  };
}

/** The values as grey levels from 0 to 255, whole or as shares of 255; null when they are neither. */
function greyLevels(
  values: ReadonlyMap<number, number>,
  ignore: readonly number[],
): { counts: Map<number, number>; stored: Map<number, number> } | null {
  const valid = [...values].filter(([value]) => !ignore.includes(value));
  const largest = Math.max(...valid.map(([value]) => value));
  const scale = largest <= 1 ? 255 : 1;
  const whole = valid.every(
    ([value]) => value >= 0 && value * scale <= 255 && Math.abs(value * scale - Math.round(value * scale)) <= 1e-2,
  );
  if (!whole) return null;
  const level = (value: number): number => Math.round(value * scale);
  return {
    counts: new Map(valid.map(([value, pixels]) => [level(value), pixels])),
    stored: new Map(valid.map(([value]) => [level(value), value])),
  };
}

/** The most frequent values that keep their distance from each other, ascending. */
function modes(counts: ReadonlyMap<number, number>, most: number): number[] {
  const size = [...counts.values()].reduce((a, b) => a + b, 0);
  const found: number[] = [];
  for (const [value, pixels] of [...counts].sort(([, a], [, b]) => b - a)) {
    if (found.length === most || pixels < levelShare * size) break;
    if (found.every((other) => Math.abs(other - value) >= levelGap)) found.push(value);
  }
  return found.sort((a, b) => a - b);
}

function shareNear(counts: ReadonlyMap<number, number>, levels: readonly number[], reach: number): number {
  let near = 0;
  let all = 0;
  for (const [value, pixels] of counts) {
    all += pixels;
    if (levels.some((level) => Math.abs(level - value) <= reach)) near += pixels;
  }
  return near / all;
}

interface Traces {
  off: number;
  peaks: number;
  blocks: number;
  plain: number;
}

/** Peaks and blocks over all planes; where the picture was cropped the blocks begin elsewhere, so that all 64 grids are tried. */
function lookAtPixels(target: Stack, levels: readonly number[]): Traces {
  const { images, spatial } = target;
  const [height, width] = [spatial.at(-2) ?? 1, spatial.at(-1) ?? 1];
  const planes = spatial.slice(0, -2).reduce((a, b) => a * b, 1);
  const values = new Float64Array(height * width);
  const codes = new Int8Array(height * width);
  const found: Traces = { off: 0, peaks: 0, blocks: 0, plain: 0 };
  for (let image = 0; image < images; image++) {
    for (let k = 0; k < planes; k++) {
      kernel.gather(plane(target, image, 0), k * height * width, height * width, values, 0);
      kernel.levelCodes(values, levels, codes);
      const { off, peaks } = kernel.countPeaks(values, codes, height, width);
      found.off += off;
      found.peaks += peaks;
      if (!(peaks >= peakShare * off)) continue;
      const { blocks, plain } = bestGrid(codes, height, width);
      found.blocks += blocks;
      found.plain += plain;
    }
  }
  return found;
}

function bestGrid(codes: Int8Array, height: number, width: number): { blocks: number; plain: number } {
  let best = kernel.countBlocks(codes, height, width, 0, 0);
  for (let grid = 1; grid < 64 && best.plain > plainShare * best.blocks; grid++) {
    const other = kernel.countBlocks(codes, height, width, grid >> 3, grid % 8);
    if (other.plain < best.plain) best = other;
  }
  return best;
}
