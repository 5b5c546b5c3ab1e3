import type { Reported } from '../core/index.ts';

/** What would have to be true for a bare number to be one of the usual values. */
export function inversions(value: number): NonNullable<Reported['compatible']> {
  const out: { formula: string; because: string }[] = [];
  const say = (formula: string, because: string): number => out.push({ formula, because });
  if (value > 0 && value < Math.LN2) {
    say(
      'constant-predictor',
      `binary cross-entropy stands here when ${percent(shareOf(value))} of the pixels are foreground and the class frequencies are all that was learned`,
    );
  }
  if (value > floor && value < Math.LN2) {
    const share = (Math.LN2 - value) / (Math.LN2 - floor);
    say(
      'double-sigmoid',
      `binary cross-entropy with a sigmoid taken twice cannot fall below it when ${percent(share)} of the pixels are foreground`,
    );
  }
  if (value < 0 && value > -254 / 256) {
    const area = 510 / (1 - value) - 255;
    say(
      'target-0-255',
      `a Dice loss of this size against a mask of 0 and 255 means that the predicted area is ${three(area)} times the true one`,
    );
  }
  if (value < -1) {
    say(
      'target-0-255',
      'no loss of a mask of 0 and 1 falls that low: look at the values of the mask, 0 and 255 or -1 and 1',
    );
  }
  if (value > 100) {
    say(
      'sum',
      'no mean of a bounded cross-entropy is above 100: a sum over pixels, or a logarithm of zero without a floor',
    );
  }
  return out;
}

/** ln(1 + 1/e): a pixel of the foreground that is as sure as a sigmoid taken twice can be. */
const floor = Math.log1p(Math.exp(-1));

/** The share p <= 1/2 whose entropy is given, by halving. */
function shareOf(entropy: number): number {
  let [low, high] = [0, 0.5];
  for (let step = 0; step < 60; step++) {
    const p = (low + high) / 2;
    if (-p * Math.log(p) - (1 - p) * Math.log1p(-p) < entropy) low = p;
    else high = p;
  }
  return low;
}

function percent(share: number): string {
  return `${three(100 * share)} %`;
}

function three(value: number): string {
  return String(Number(value.toPrecision(3)));
}
