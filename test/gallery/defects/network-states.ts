/** Networks that are broken, stuck or sure of the wrong things. */
import type { DType } from '../../../src/core/index.ts';
import { activated, type Draft, plain, scores, target, usualLoss } from '../drafts.ts';
import { frequencies } from '../networks.ts';
import type { Situation } from '../situations.ts';
import {
  able,
  type Defect,
  everywhere,
  type Level,
  ofProbabilities,
  oneChannel,
  trained,
  twoClasses,
  withScores,
} from './_defect.ts';

function without(
  s: Situation,
  change: (z: number, at: number) => number,
  level: Level,
  dtype: DType = 'float32',
): Draft {
  return { ...plain(s, level === 1 ? 'dice' : usualLoss(s)), prediction: scores(s, dtype, s.logits.map(change)) };
}

export const networkStates: readonly Defect[] = [
  {
    name: 'NaN in the prediction',
    rule: 'nonfinite-prediction',
    kinds: everywhere,
    levels: ['one value', 'one channel', 'all'],
    make: (s, level) =>
      without(s, (z, at) => (level === 2 || (level === 0 ? at === 777 : at < s.pixels) ? Number.NaN : z), level),
  },
  {
    name: 'infinities in the prediction',
    rule: 'nonfinite-prediction',
    kinds: everywhere,
    wanted: { skills: trained },
    levels: ['a few', 'a block of -inf', 'overflow of float16'],
    make: (s, level) =>
      level === 2
        ? without(s, (z) => 1e5 * z, level, 'float16')
        : without(
            s,
            (z, at) =>
              (level === 0 ? at % 997 === 5 : at > 300 && at < 420) ? (level === 0 ? Infinity : -Infinity) : z,
            level,
          ),
  },
  {
    name: 'probability 0 for the true class',
    rule: 'log-of-zero',
    kinds: everywhere,
    wanted: { skills: ['saturated'], plain: true },
    levels: ['logits times 1.5', 'times 2.5', 'times 5'],
    make(s, level) {
      const factor = [1.5, 2.5, 5][level] ?? 1;
      const p = activated(
        s,
        s.logits.map((z) => factor * z),
      );
      const channel = (at: number): number =>
        (Math.floor(at / s.pixels) * s.channels + (s.channels === 1 ? 0 : (s.ids[at] ?? 0))) * s.pixels +
        (at % s.pixels);
      // Half precision has nothing below 3e-8, and nothing between 1 - 2.4e-4 and 1.
      const lost = s.ids.some(
        (id, at) =>
          s.unlabelled?.[at] !== 1 &&
          (s.channels === 1 && id === 0 ? (p[channel(at)] ?? 0) > 1 - 2e-4 : (p[channel(at)] ?? 1) < 2e-8),
      );
      return lost ? withScores(s, p, ofProbabilities(s), 'float16') : null;
    },
  },
  {
    name: 'focal power below 1 at p = 1',
    rule: 'log-of-zero',
    kinds: everywhere,
    wanted: { skills: ['saturated'], plain: true },
    levels: ['gamma 0.5', 'gamma 0.25', 'gamma 0.8'],
    make: (s, level) =>
      withScores(
        s,
        activated(
          s,
          s.logits.map((z) => 2 * z),
        ),
        `focal:gamma=${[0.5, 0.25, 0.8][level]},from=probabilities`,
        'float16',
      ),
  },
  {
    name: 'exploded logits',
    rule: 'exploded-logits',
    kinds: everywhere,
    wanted: { skills: trained },
    levels: ['times 1,000', 'times 10,000', 'times a million'],
    make: (s, level) => without(s, (z) => z * 10 ** ([3, 4, 6][level] ?? 3), level),
  },
  {
    name: 'constant output',
    rule: 'constant-output',
    kinds: everywhere,
    wanted: { plain: true },
    levels: ['zeros', 'one number per channel', 'and noise of 1e-5'],
    make: (s, level) =>
      without(
        s,
        (z, at) =>
          level === 0
            ? 0
            : 0.3 * ((Math.floor(at / s.pixels) % s.channels) - 1) + (level === 2 ? 1e-5 * Math.tanh(z) : 0),
        level,
      ),
  },
  {
    name: 'one class everywhere',
    rule: 'single-class-collapse',
    kinds: everywhere,
    wanted: { skills: ['weak', 'good'], plain: true },
    levels: ['a bias of 12', 'of 20', 'of 40'],
    make(s, level) {
      const share = frequencies(s.ids, s.classes);
      const top = share.indexOf(Math.max(...share));
      const bias = [12, 20, 40][level] ?? 12;
      if (s.channels === 1) return without(s, (z) => z + (top === 1 ? bias : -bias), level);
      return without(s, (z, at) => z + (Math.floor(at / s.pixels) % s.channels === top ? bias : 0), level);
    },
  },
  {
    name: 'sure where it is wrong',
    rule: 'confidently-wrong',
    or: ['miscalibrated', 'no-better-than-prior'],
    kinds: everywhere,
    wanted: { skills: ['weak', 'good'], plain: true },
    levels: ['logits times 8', 'times 12', 'times 20'],
    make: (s, level) => without(s, (z) => z * ([8, 12, 20][level] ?? 8), 0),
  },
  {
    name: 'scores that never pass the threshold',
    rule: 'threshold-misfit',
    or: ['single-class-collapse'],
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, skills: able, plain: true, scenes: twoClasses },
    levels: ['a bias of -6', 'of -8', 'of -10'],
    make: (s, level) => without(s, (z) => z - (s.skill === 'saturated' ? 3 : 1) * ([6, 8, 10][level] ?? 6), level),
  },
  {
    name: 'class frequencies and nothing else',
    rule: 'no-better-than-prior',
    or: ['single-class-collapse', 'constant-output'],
    kinds: everywhere,
    wanted: { images: 3, plain: true, unlabelled: false },
    levels: ['noise of 0.02', 'of 0.1', 'of 0.2'],
    make(s, level) {
      const share = frequencies(s.ids, s.classes).map((f) => Math.log(f + 1e-4));
      const amount = [0.02, 0.1, 0.2][level] ?? 0.1;
      const bias = s.channels === 1 ? [(share[1] ?? 0) - (share[0] ?? 0)] : share;
      return without(s, (_, at) => (bias[Math.floor(at / s.pixels) % s.channels] ?? 0) + amount * s.random.normal(), 0);
    },
  },
  {
    name: 'focal exponent that leaves no gradient',
    rule: 'vanishing-gradient',
    kinds: ['binary', 'volume'],
    // Where p is 1/C, focal takes (1 - 1/C)^gamma of the gradient.
    wanted: { skills: ['untrained'], plain: true, scenes: twoClasses },
    levels: ['gamma 15', 'gamma 25', 'gamma 40'],
    make: (s, level) => ({ ...plain(s, `focal:gamma=${[15, 25, 40][level]}`), target: target(s) }),
  },
];
