import { formatShape, InputError, type Obstacle, type Orientation, ordersOf, type Placement } from '../core/index.ts';
import type { ValueCounts } from '../kernels/index.ts';
import { type Stack, stack } from '../measure/arrays.ts';
import { oriented } from '../measure/placement.ts';
import { channelGap } from './channel-gap.ts';
import { isPicture, layouts, type Pairing, pairings, sharedFactor, targetOrders } from './layout.ts';
import { resampled } from './resample.ts';
import type { Named } from './settings.ts';

/** A way to read two arrays that do not fit, and what is wrong between them. */
export interface Misfit {
  readonly pairing: Pairing;
  readonly obstacle: Obstacle;
  /** The arrays as they fit once that is put right; null where they cannot be made to fit. */
  readonly mend: (() => Mend) | null;
}

/** Arrays that fit, and where the target is then read. */
export interface Mend {
  readonly prediction: Stack;
  readonly target: Stack;
  readonly placement: Placement;
}

/**
 * Explains why no order of axes makes the shapes fit.
 * @throws InputError with both shapes when no rule explains it.
 */
export function misfit(prediction: Named, target: Named, declared: string | null, counts: ValueCounts): Misfit {
  const shapes = `prediction ${formatShape(prediction.array.shape)} and target ${formatShape(target.array.shape)}`;
  const named = (rule: string, reason: string): Obstacle => ({ rule, blocks: ['pair'], reason });
  if (declared !== null) {
    const [other] = pairings(prediction.array, target.array, null);
    if (other !== undefined) {
      const obstacle = named('channels-last', `${shapes} fit as ${other.predictionLayout}, not as ${declared}`);
      return { pairing: other, obstacle, mend: null };
    }
  }
  const all = readings(prediction, target, declared);
  for (const pairing of all) {
    const orientation = sameClasses(pairing) ? transposition(pairing) : null;
    if (orientation === null) continue;
    const obstacle = named('orientation-mismatch', `${shapes} fit only with the axes of one of them swapped`);
    return { pairing, obstacle, mend: () => ({ ...pairing, placement: { orientations: [orientation] } }) };
  }
  const scaled = all.find((it) => sameClasses(it) && sharedFactor(it.prediction.spatial, it.target.spatial) !== null);
  if (scaled !== undefined) {
    const obstacle = named('resolution-mismatch', `${shapes} are of different resolution`);
    const mend = (): Mend => ({
      prediction: resampled(scaled.prediction, scaled.target.spatial),
      target: scaled.target,
      placement: {},
    });
    return { pairing: scaled, obstacle, mend };
  }
  const broadcast = all.find(broadcasts);
  if (broadcast !== undefined) {
    const obstacle = named('shape-broadcast', `${shapes} fit by broadcasting alone`);
    return { pairing: broadcast, obstacle, mend: null };
  }
  for (const pairing of all) {
    const gap = channelGap(pairing, counts);
    if (gap === null) continue;
    const { rule, mended } = gap;
    const obstacle = named(rule, `${shapes} differ in the number of classes`);
    return { pairing, obstacle, mend: mended && (() => ({ ...pairing, target: mended(), placement: {} })) };
  }
  throw new InputError(
    `${shapes} do not fit under any order of axes; allowed are targets of the prediction's images and spatial size, with or ` +
      `without a channel axis (such as [4, 3, 128, 128] and [4, 128, 128])${declared === null ? '; name the axes with --layout if they are unusual' : ''}`,
  );
}

/** Every order of axes of both arrays, whether they fit or not, the most usual first. */
function readings(prediction: Named, target: Named, declared: string | null): Pairing[] {
  const rank = prediction.array.shape.length;
  const orders = declared === null ? layouts.filter((it) => it.length === rank) : [declared];
  return orders.flatMap((predictionLayout) =>
    targetOrders(target.array, predictionLayout).map((targetLayout) => ({
      prediction: stack(prediction.array, predictionLayout),
      predictionLayout,
      target: stack(target.array, targetLayout),
      targetLayout,
      last: predictionLayout.endsWith('C'),
    })),
  );
}

/** As many images, and one channel of labels or one for each class. */
function sameClasses({ prediction, target }: Pairing): boolean {
  const channels = target.channels === 1 || target.channels === prediction.channels || isPicture(target);
  return prediction.images === target.images && channels;
}

/** The order of the target's spatial axes that gives the prediction's shape; null where there is none. */
function transposition({ prediction, target }: Pairing): Orientation | null {
  const flips = target.spatial.map(() => false);
  const turned = ordersOf(target.spatial.map((_, axis) => axis)).map((axes) => ({ axes, flips }));
  return turned.find((it) => oriented(target, it).spatial.join() === prediction.spatial.join()) ?? null;
}

/** One channel against several, or a batch against a single target. */
function broadcasts({ prediction, target }: Pairing): boolean {
  if (prediction.spatial.join() !== target.spatial.join()) return false;
  if (prediction.images === target.images) return prediction.channels === 1 && target.channels > 1;
  return target.images === 1 && (target.channels === 1 || target.channels === prediction.channels);
}
