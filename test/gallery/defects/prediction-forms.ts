import { decisions } from '../agreement.ts';
import { activated, array, declared, labelShape, plain, probabilities, scoreShape, usualLoss } from '../drafts.ts';
import type { Field } from '../fields.ts';
import type { Situation } from '../situations.ts';
import {
  able,
  type Defect,
  everywhere,
  ofProbabilities,
  oneChannel,
  severalChannels,
  trained,
  withScores,
} from './_defect.ts';

/** Softmax along another axis of [N, C, ...]. */
function softmaxAlong(s: Situation, axis: number): Field {
  const shape = scoreShape(s);
  const step = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const length = shape[axis] ?? 1;
  const out = s.logits.map(Math.exp);
  for (let at = 0; at < out.length; at++) {
    if (Math.floor(at / step) % length !== 0) continue;
    let sum = 0;
    for (let k = 0; k < length; k++) sum += out[at + k * step] ?? 0;
    for (let k = 0; k < length; k++) out[at + k * step] = (out[at + k * step] ?? 0) / sum;
  }
  return out;
}

/** 1 for the winning channel, or for a probability above 1/2, else 0. */
function decided(s: Situation): Field {
  const winners = decisions(s);
  const out = new Float64Array(s.logits.length);
  winners.forEach((id, at) => {
    const image = Math.floor(at / s.pixels);
    if (s.channels > 1) out[(image * s.channels + id) * s.pixels + (at % s.pixels)] = 1;
    else out[at] = id;
  });
  return out;
}

export const predictionForms: readonly Defect[] = [
  {
    name: 'logits read as probabilities',
    rule: 'logits-as-probabilities',
    kinds: everywhere,
    levels: ['cross-entropy', 'Dice', 'focal'],
    make: (s, level) => plain(s, [ofProbabilities(s), 'dice:from=probabilities', 'focal:from=probabilities'][level]),
  },
  {
    name: 'tanh head read as probabilities',
    rule: 'logits-as-probabilities',
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, skills: trained },
    levels: ['tanh z', 'tanh z/3', 'tanh 3z'],
    make: (s, level) =>
      withScores(
        s,
        s.logits.map((z) => Math.tanh(z * ([1, 1 / 3, 3][level] ?? 1))),
        'bce',
      ),
  },
  {
    name: 'probabilities read as logits',
    rule: 'probabilities-as-logits',
    kinds: everywhere,
    wanted: { skills: trained, plain: true },
    levels: ['float32', 'float16', 'with the printed value'],
    make(s, level, ask) {
      const draft = withScores(s, probabilities(s), usualLoss(s), level === 1 ? 'float16' : 'float32');
      if (level < 2) return draft;
      return { ...draft, options: { ...draft.options, reported: ask.printed(ask.value(draft)) } };
    },
  },
  {
    name: 'activated before a loss of logits, exported before that',
    rule: 'probabilities-as-logits',
    kinds: everywhere,
    wanted: { skills: trained, plain: true },
    levels: ['6 digits printed', '5 digits', '4 digits'],
    make(s, level, ask) {
      const value = ask.value(withScores(s, probabilities(s), usualLoss(s)));
      return { ...plain(s), options: { ...plain(s).options, reported: ask.printed(value, 6 - level) } };
    },
  },
  {
    name: 'a sigmoid per channel before softmax cross-entropy',
    rule: 'probabilities-as-logits',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, skills: able, plain: true },
    levels: ['cross-entropy', 'with Dice', 'focal'],
    make: (s, level) =>
      withScores(
        s,
        s.logits.map((z) => 1 / (1 + Math.exp(2 - z))),
        ['ce', 'ce + dice:from=logits', 'focal:from=logits'][level],
      ),
  },
  {
    name: 'activated twice in the network',
    rule: 'double-activation',
    kinds: everywhere,
    wanted: { skills: able, plain: true },
    levels: ['float32', 'float16', 'no loss named'],
    make: (s, level) =>
      withScores(
        s,
        activated(s, probabilities(s)),
        level === 2 ? undefined : ofProbabilities(s),
        level === 1 ? 'float16' : 'float32',
      ),
  },
  {
    name: 'activated twice in the network, once more in the loss',
    rule: 'double-activation',
    or: ['probabilities-as-logits'],
    kinds: everywhere,
    wanted: { skills: able, plain: true },
    levels: ['cross-entropy', 'focal', 'Dice'],
    make: (s, level) =>
      withScores(s, activated(s, probabilities(s)), [usualLoss(s), 'focal:from=logits', 'dice:from=logits'][level]),
  },
  {
    name: 'log-probabilities for a loss of probabilities',
    rule: 'log-probabilities',
    kinds: ['classes', 'volume'],
    wanted: severalChannels,
    levels: ['Dice', 'cross-entropy', 'focal'],
    make: (s, level) =>
      withScores(
        s,
        probabilities(s).map((p) => Math.log(Math.max(p, 1e-30))),
        [...['dice', 'ce', 'focal']].map((id) => `${id}:from=probabilities`)[level],
      ),
  },
  {
    name: 'no logarithm before nll',
    rule: 'probabilities-as-log-probabilities',
    kinds: ['classes', 'volume'],
    wanted: severalChannels,
    levels: ['probabilities', 'probabilities in float16', 'logits'],
    make: (s, level) =>
      withScores(s, level === 2 ? s.logits : probabilities(s), 'nll', level === 1 ? 'float16' : 'float32'),
  },
  {
    name: 'softmax over the wrong axis',
    rule: 'softmax-wrong-axis',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, images: 3 },
    levels: ['rows', 'columns', 'batch'],
    make: (s, level) =>
      withScores(s, softmaxAlong(s, [s.shape.length, s.shape.length + 1, 0][level] ?? 0), 'ce:from=probabilities'),
  },
  {
    name: 'softmax over another axis, exported before that',
    rule: 'softmax-wrong-axis',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, images: 2, unlabelled: false, plain: true },
    levels: ['rows', 'columns', 'batch'],
    make(s, level, ask) {
      const seen = softmaxAlong(s, [s.shape.length, s.shape.length + 1, 0][level] ?? 0);
      const value = ask.value(withScores(s, seen, 'ce:from=probabilities'));
      return { ...plain(s), options: { ...plain(s).options, reported: ask.printed(value) } };
    },
  },
  {
    name: 'ReLU at the end',
    rule: 'relu-head',
    kinds: everywhere,
    wanted: { skills: trained, plain: true },
    levels: ['ReLU', 'after a bias of 0.5', 'ReLU6'],
    make: (s, level) =>
      withScores(
        s,
        s.logits.map((z) => Math.min(level === 2 ? 6 : Infinity, Math.max(0, z + (level === 1 ? 0.5 : 0)))),
        usualLoss(s),
      ),
  },
  {
    name: 'decisions instead of scores',
    rule: 'hard-predictions',
    kinds: everywhere,
    wanted: { skills: trained, plain: true },
    levels: ['usual loss', 'Dice', 'one number per pixel'],
    make: (s, level) =>
      level === 2
        ? {
            ...plain(s),
            prediction: array(decisions(s), labelShape(s), 'float32'),
            options: { loss: 'dice', ...declared(s) },
          }
        : withScores(s, decided(s), level === 0 ? usualLoss(s) : 'dice'),
  },
  {
    name: 'probabilities times 255',
    rule: 'probabilities-scaled-by-255',
    kinds: everywhere,
    wanted: { skills: trained, plain: true },
    levels: ['floats', 'bytes', '32-bit integers'],
    make: (s, level) =>
      withScores(
        s,
        probabilities(s).map((p) => Math.round(255 * p)),
        ofProbabilities(s),
        (['float32', 'uint8', 'int32'] as const)[level],
      ),
  },
  {
    name: 'one channel for a softmax loss',
    rule: 'head-loss-mismatch',
    kinds: ['binary', 'volume'],
    wanted: oneChannel,
    levels: ['cross-entropy', 'Dice and cross-entropy', 'weighted cross-entropy'],
    make: (s, level) => plain(s, ['ce', 'dice + ce', 'weighted-ce'][level]),
  },
];
