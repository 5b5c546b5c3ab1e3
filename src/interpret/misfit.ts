import { formatShape, InputError, type Obstacle } from '../core/index.ts';
import { stack } from '../measure/arrays.ts';
import { isPicture, layouts, type Pairing, pairings, sharedFactor, targetOrders } from './layout.ts';
import type { Named } from './settings.ts';

/** A way to read two arrays that do not fit, and what is wrong between them. */
interface Misfit {
  readonly pairing: Pairing;
  readonly obstacle: Obstacle;
}

/**
 * Explains why no order of axes makes the shapes fit.
 * @throws InputError with both shapes when no rule explains it.
 */
export function misfit(prediction: Named, target: Named, declared: string | null): Misfit {
  const shapes = `prediction ${formatShape(prediction.array.shape)} and target ${formatShape(target.array.shape)}`;
  if (declared !== null) {
    const [other] = pairings(prediction.array, target.array, null);
    if (other !== undefined) {
      const reason = `${shapes} fit as ${other.predictionLayout}, not as ${declared}`;
      return { pairing: other, obstacle: { rule: 'channels-last', blocks: ['pair'], reason } };
    }
  }
  const scaled = otherResolution(prediction, target, declared);
  if (scaled !== null) {
    const reason = `${shapes} are of different resolution`;
    return { pairing: scaled, obstacle: { rule: 'resolution-mismatch', blocks: ['pair'], reason } };
  }
  throw new InputError(
    `${shapes} do not fit under any order of axes; allowed are targets of the prediction's images and spatial size, with or ` +
      `without a channel axis (such as [4, 3, 128, 128] and [4, 128, 128])${declared === null ? '; name the axes with --layout if they are unusual' : ''}`,
  );
}

function otherResolution(prediction: Named, target: Named, declared: string | null): Pairing | null {
  const rank = prediction.array.shape.length;
  const orders = declared === null ? layouts.filter((it) => it.length === rank) : [declared];
  for (const predictionLayout of orders) {
    const read = stack(prediction.array, predictionLayout);
    for (const targetLayout of targetOrders(target.array, predictionLayout)) {
      const truth = stack(target.array, targetLayout);
      const fits =
        read.images === truth.images && (truth.channels === 1 || truth.channels === read.channels || isPicture(truth));
      if (fits && sharedFactor(read.spatial, truth.spatial) !== null) {
        return {
          prediction: read,
          predictionLayout,
          target: truth,
          targetLayout,
          last: predictionLayout.endsWith('C'),
        };
      }
    }
  }
  return null;
}
