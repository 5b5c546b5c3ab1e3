// The street: six classes, void 255, one image of 96 x 160, and the logits of a mediocre network for it.

import { half } from './files.mjs';
import { imitateNetwork } from './network.mjs';
import { randomFrom } from './random.mjs';
import { street } from './scenes.mjs';
import { streetLabelCases } from './street-labels.mjs';
import { streetLossCases } from './street-losses.mjs';

const classes = 6;

/** The network's logits and the annotation, made once for all cases of the street. */
function makeStreet() {
  const random = randomFrom(20260101);
  const { shape, truth, target } = street(random);

  // The network ran in mixed precision, so its logits sit on the float16 grid although the file is float32.
  const logits = imitateNetwork(truth, shape, classes, random, {
    warp: 1.9,
    noise: 0.85,
    confusions: [
      { from: 0, to: 4, share: 0.07 },
      { from: 1, to: 2, share: 0.17 },
      { from: 1, to: 3, share: 0.05 },
      { from: 2, to: 1, share: 0.26 },
      { from: 3, to: 2, share: 0.07 },
      { from: 4, to: 0, share: 0.18 },
      { from: 5, to: 1, share: 0.4 },
    ],
  }).map(half);
  return { shape, truth, target, logits, classes };
}

export function streetCases() {
  const made = makeStreet();
  return [...streetLossCases(made), ...streetLabelCases(made)];
}
