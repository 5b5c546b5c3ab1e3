import { formatShape, InputError, type StoredArray, UsageError } from '../core/index.ts';
import type { Pairing } from './layout.ts';
import type { Settings } from './settings.ts';

/** Arrays without values, or of too few or too many axes, hold no picture. */
export function refuseHollow(path: string, { shape }: StoredArray): void {
  const rank = shape.length;
  if (shape.includes(0))
    throw new InputError(`${path} has shape ${formatShape(shape)} and so holds no value; export it again`);
  if (rank < 2 || rank > 5) {
    throw new InputError(
      `${path} has shape ${formatShape(shape)}; lossprobe reads arrays of 2 to 5 axes, from [H, W] to [N, C, D, H, W]`,
    );
  }
}

/** What the user said of the arrays has to be true of them. */
export function refuseContradictions({ prediction, predictionLayout }: Pairing, { classes, spacing }: Settings): void {
  const { channels, spatial } = prediction;
  if (classes !== null && classes !== channels && !(channels === 1 && classes <= 2)) {
    throw new UsageError(
      `--classes says ${classes}, but the prediction has ${channels} channel${channels === 1 ? '' : 's'} read as ${predictionLayout}; ` +
        `leave it out, or name the axes with --layout`,
    );
  }
  if (spacing !== null && spacing.length !== spatial.length) {
    throw new UsageError(
      `--spacing has ${spacing.length} numbers for ${spatial.length} spatial axes; give one per axis`,
    );
  }
}
