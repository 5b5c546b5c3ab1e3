/** Who weighs the outputs: nnU-Net's trainer, or MONAI's DeepSupervisionLoss under its default `exp`. */
export type DeepSupervision = 'nnunet' | 'monai';

/**
 * Weights of the outputs of a deeply supervised network, the full resolution first. nnU-Net: 1, 1/2, 1/4, ..., the last 0, divided by
 * their sum. MONAI: 1, 1/2, 1/4, ..., none below 1/16, not divided by anything, so that five outputs come to 1.9375 times the loss.
 * A single output has weight 1 in both.
 * Sources: nnunetv2 nnUNetTrainer._build_loss; monai.losses.DeepSupervisionLoss.
 * @throws RangeError when `levels` is not a whole number from 1.
 */
export function deepSupervisionWeights(levels: number, style: DeepSupervision = 'nnunet'): number[] {
  if (!(Number.isInteger(levels) && levels >= 1)) {
    throw new RangeError(`${levels} outputs: give a whole number from 1`);
  }
  const halves = Array.from({ length: levels }, (_, level) => 2 ** -level);
  if (style === 'monai') return halves.map((weight) => Math.max(weight, 1 / 16));
  if (levels > 1) halves[levels - 1] = 0;
  const sum = halves.reduce((a, b) => a + b, 0);
  return halves.map((weight) => weight / sum);
}
