import {
  type Activation,
  formatShape,
  InputError,
  type PredictionProfile,
  type StoredArray,
  UsageError,
} from '../core/index.ts';
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
      `--spacing ${spacing.join(',')} is for ${spacing.length} of ${spatial.length} spatial axes; give one number per axis`,
    );
  }
}

/** States whose values are probabilities. */
export const probabilityStates: readonly Activation[] = ['softmax', 'sigmoid', 'activated-twice', 'one-hot'];

/** Probabilities that went through a smooth resize overshoot by a tenth or so; scores go far beyond. */
const overshoot = 0.25;

/** What the user said that the prediction holds has to be possible: a logarithm of scores is NaN, and tells nobody why. */
export function refuseState(state: Activation | null, { min, max, outsideUnit, integers }: PredictionProfile): void {
  if (state === null) return;
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const refuse = (is: string, beyond = ''): never => {
    throw new UsageError(
      `--activation ${state} says that the prediction holds ${is}, but its values run from ${short(min)} to ${short(max)}${beyond}; ` +
        'leave it out, or name what the file holds (logits are scores of any size)',
    );
  };
  if (probabilityStates.includes(state) && (min < -overshoot || max > 1 + overshoot)) {
    refuse('probabilities', `, ${short(100 * outsideUnit)} % of them outside [0, 1]`);
  }
  if (state === 'log-softmax' && max > overshoot) refuse('log-probabilities, which are never above 0');
  if (state === 'scaled-by-255' && (min < -overshoot * 255 || max > (1 + overshoot) * 255))
    refuse('values of 0 to 255');
  if (state === 'labels' && integers < 1) refuse('class ids', `, and ${short(100 * (1 - integers))} % are no integers`);
}
