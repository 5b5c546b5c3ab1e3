import { type DType, type Rule, rule, type Subject } from '../core/index.ts';
import { type Confusion, confusion } from '../measures/index.ts';
import { count, significant } from './_words.ts';

/** How close a wrapped value must come to the reported one, however few digits that has. */
const tolerance = 1e-3;
/** Below this the wrapped value is the true one for all practical purposes. */
const leastDifference = 0.01;

/** Bits and sign of the types whose sums can wrap. */
const integers: Partial<Readonly<Record<DType, { readonly bits: number; readonly signed: boolean }>>> = {
  int8: { bits: 8, signed: true },
  uint8: { bits: 8, signed: false },
  int16: { bits: 16, signed: true },
  uint16: { bits: 16, signed: false },
  int32: { bits: 32, signed: true },
  uint32: { bits: 32, signed: false },
};

/** Sums of bytes in bytes. */
export const integerOverflow: Rule = rule({
  id: 'integer-overflow',
  title: 'an overlap was summed in integers too small for it',
  severity: 'error',
  explain: {
    test:
      'Prediction and target are masks of an integer type, their overlap or a sum is beyond the largest number of that type, and the reported ' +
      'value equals Dice or IoU (or one minus it) with the overlap, or all sums, or the products of single pixels taken modulo 2 to the ' +
      'number of bits: to its digits, and to 0.001 at most. The true value must differ by 0.01.',
    why:
      'In uint8, 200 + 100 is 44: what does not fit is cut off without a word. An overlap of 600 pixels becomes 88, and Dice of a good mask ' +
      'looks like that of a bad one, or goes up and down without reason.',
    fix: [
      { framework: 'PyTorch', text: '.float() (or .long()) on both masks before products and matrix products' },
      { framework: 'MONAI', text: "EnsureTyped(keys=('pred', 'label'), dtype=torch.float32)" },
      { framework: 'Keras', text: 'tf.cast(y, tf.float32) first: tf.reduce_sum keeps the type' },
    ],
    exceptions: 'It needs --reported: arrays alone do not tell in which type they were summed.',
    seen: ['https://github.com/ultralytics/ultralytics/issues/15782'],
  },
  examples: {
    fires: {
      prediction: '1100\n1100\n1000\n1000',
      legend: { 1: [1], 0: [0] },
      target: '1110\n1100\n1000\n0000',
      repeat: [10, 10],
      dtype: 'uint8',
      args: ['--loss', 'dice', '--reported', '0.59333'],
    },
    clear: {
      prediction: '1100\n1100\n1000\n1000',
      legend: { 1: [1], 0: [0] },
      target: '1110\n1100\n1000\n0000',
      repeat: [10, 10],
      dtype: 'uint8',
      args: ['--loss', 'dice', '--reported', '0.16667'],
    },
  },
  looksAt: ['pair'],
  explains: ['hard-predictions', 'unreduced-sum', '*'],
  needs: { confusion },
  check(values, subject, { reported, reportedValue }) {
    if (reported === null || reportedValue === null)
      return { notApplicable: 'no reported value was given (--reported)' };
    const type = sharedType(subject);
    if (type === null) return { notApplicable: 'the arrays are not two masks of an integer type' };
    if (reported.verdict === 'declared') return undefined;
    const allowed = Math.min(tolerance, roundingOf(reported.values[0]?.typed ?? '') + 1e-9);
    const found = wrappedScores(values.confusion, subject, type).find(
      ({ score, exact }) => Math.abs(score - reportedValue) <= allowed && Math.abs(score - exact) >= leastDifference,
    );
    if (found === undefined) return undefined;
    return {
      message:
        `the reported ${significant(reportedValue, 6)} is ${found.name} with ${found.what} taken modulo ${count(2 ** type.bits)}, as ${type.name} does: ` +
        `${count(found.sum)} became ${count(found.wrapped)}. the true value is ${significant(found.exact, 6)}; cast the masks to float first`,
      evidence: [
        { label: found.what, value: found.sum, limit: 2 ** (type.bits - Number(type.signed)) - 1 },
        { label: `the same in ${type.name}`, value: found.wrapped },
        { label: 'reported', value: reportedValue },
        { label: `${found.name}, wrapped`, value: found.score },
        { label: `${found.name}, true`, value: found.exact },
      ],
      effect: { what: 'sums taken in float', loss: found.name, before: reportedValue, after: found.exact },
      strength: 0.97,
    };
  },
});

interface IntegerType {
  readonly name: DType;
  readonly bits: number;
  readonly signed: boolean;
}

/** The type in which products of two masks are taken: the wider of the two; null where one of them is no mask of integers. */
function sharedType({ kind, prediction, target }: Subject): IntegerType | null {
  const { activation, dtype, profile } = prediction;
  const [p, t] = [integers[dtype], integers[target.dtype]];
  const hard = (activation === 'labels' || activation === 'one-hot') && profile.distinct === 2 && profile.min === 0;
  if (kind !== 'binary' || !hard || p === undefined || t === undefined) return null;
  return p.bits >= t.bits ? { name: dtype, ...p } : { name: target.dtype, ...t };
}

function wrap(value: number, { bits, signed }: IntegerType): number {
  const range = 2 ** bits;
  const rest = ((value % range) + range) % range;
  return signed && rest >= range / 2 ? rest - range : rest;
}

interface Score {
  readonly name: string;
  readonly what: string;
  readonly sum: number;
  readonly wrapped: number;
  readonly score: number;
  readonly exact: number;
}

/** Dice and IoU, and one minus each, with the overlap, all sums, or the products of pixels wrapped. */
function wrappedScores(masks: Confusion, { prediction, target }: Subject, type: IntegerType): Score[] {
  const [v, w] = [prediction.profile.max, target.profile.max * target.scale];
  const p = v * (masks.predicted[1] ?? 0);
  const t = w * (masks.truth[1] ?? 0);
  const pixels = masks.agreed[1] ?? 0;
  const both = v * w * pixels;
  const cut = (value: number): number => wrap(value, type);
  const ways = [
    { what: 'the overlap', sum: both, wrapped: cut(both), parts: [cut(both), p, t] },
    { what: 'each sum, the overlap among them,', sum: both, wrapped: cut(both), parts: [cut(both), cut(p), cut(t)] },
    { what: 'the product of two pixels', sum: v * w, wrapped: cut(v * w), parts: [cut(v * w) * pixels, p, t] },
  ];
  const dice = ([i = 0, a = 0, b = 0]: readonly number[]): number => (2 * i) / (a + b);
  const iou = ([i = 0, a = 0, b = 0]: readonly number[]): number => i / (a + b - i);
  const scores = [
    { name: 'dice', of: dice },
    { name: '1 - dice', of: (parts: readonly number[]) => 1 - dice(parts) },
    { name: 'iou', of: iou },
    { name: '1 - iou', of: (parts: readonly number[]) => 1 - iou(parts) },
  ];
  return scores.flatMap(({ name, of }) =>
    ways.map(({ what, sum, wrapped, parts }) => ({
      name,
      what,
      sum,
      wrapped,
      score: of(parts),
      exact: of([both, p, t]),
    })),
  );
}

/** Half a unit of the last digit of a number as it was typed. */
function roundingOf(typed: string): number {
  const [, decimals = ''] = /\.(\d+)/.exec(typed) ?? [];
  return 0.5 * 10 ** -decimals.length;
}
