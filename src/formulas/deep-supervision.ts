import { deepSupervisionWeights, type Formula } from '../core/index.ts';

const usualLevels = 5;
const added = deepSupervisionWeights(usualLevels, 'monai').reduce((a, b) => a + b, 0);
const normalised = deepSupervisionWeights(usualLevels).map((weight) => Number(weight.toPrecision(4)));

/** Losses of several decoder levels added up. */
export const deepSupervision: Formula = {
  id: 'deep-supervision',
  title: 'deep supervision, weights not normalised',
  about:
    `The levels of the decoder are weighed 1, 1/2, 1/4, ... and added up: with ${usualLevels} levels the weights come to ${added} ` +
    '(MONAI DeepSupervisionLoss, which goes no lower than 1/16). nnU-Net sets the last weight to 0 and divides by the sum: ' +
    `${normalised.join(', ')}, so that the scale stays that of the main output. The side outputs are needed to take it: export each ` +
    'level with the target of its size, take the loss of each, and add them up with these weights.',
  formula: 'l sum_k w_k, approximately',
  suppose: () => [],
  // Side outputs are coarser and cost somewhat more than the main one: three levels (1.75) at the least, a third more at the most.
  compatible: ({ value }, reported) =>
    reported / value > 1.75 && reported / value < 2.6
      ? `deep supervision over five levels adds up to about ${added.toFixed(2)} times the loss of the main output or somewhat more; export the side outputs`
      : null,
};
