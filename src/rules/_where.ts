import type { Evidence, Subject } from '../core/index.ts';
import type { Band, LossRegion, LossSpread } from '../measures/index.ts';
import { className } from './_classes.ts';
import { percent, plural } from './_words.ts';

/** Shares of the cross-entropy, which the report gathers into one table. */
const unit = '% of the loss';

/** Points of the Lorenz curve: how much of the loss the hardest pixels carry. */
export function lorenzPoints(spread: LossSpread, limit: number): Evidence[] {
  return [0.001, 0.01, 0.1].map((part) => ({
    label: `hardest ${percent(part)} of the pixels`,
    value: 100 * spread.shareOn(part),
    unit,
    ...(part === 0.01 ? { limit: 100 * limit } : {}),
  }));
}

/** One line per band of distances to the nearest boundary between labels. */
export function bandShares(bands: readonly Band[]): Evidence[] {
  return bands
    .filter(({ pixels }) => pixels > 0)
    .map(({ from, to, pixels, loss }) => {
      const place =
        from === 0 ? `up to ${to} px from a boundary` : to === Infinity ? `beyond ${from} px` : `${from} to ${to} px`;
      return { label: `${place} (${percent(pixels)} of the pixels)`, value: 100 * loss, unit };
    });
}

/** Where a region is: its class, its box as slices take it ([y0, x0, y1, x1]), its size. */
function regionName(subject: Subject, { image, label, box, pixels }: LossRegion): string {
  const place = `class ${className(subject, label)} in [${box.join(', ')}], ${plural(pixels, 'pixel')}`;
  return subject.images > 1 ? `image ${image}, ${place}` : place;
}

/** The regions that carry so much of the loss that they are worth a look. */
export function regionShares(subject: Subject, regions: readonly LossRegion[], total: number): Evidence[] {
  return regions
    .filter(({ loss }) => loss / total >= 0.02)
    .map((region) => ({ label: regionName(subject, region), value: (100 * region.loss) / total, unit }));
}
