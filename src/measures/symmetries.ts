import {
  composed,
  type DerivedMeasure,
  derived,
  type Orientation,
  orientationsOf,
  type Subject,
} from '../core/index.ts';
import { countAgreement, valuesAt } from '../kernels/index.ts';
import {
  type Agreement,
  agreementNow,
  agreementOf,
  emptyCounts,
  orientedReading,
  spreadSample,
  wholeAgreement,
} from './_agreement.ts';
import { confusion } from './confusion.ts';
import { decisions } from './decisions.ts';

/** How well the decisions agree with the target under every orientation that keeps the shape of an image. Orientations are those of the file. */
export interface Symmetries {
  /** The target as it lies, over all pixels. */
  readonly now: Agreement;
  /** The orientation that agrees best, one for all images or one per image, over all pixels. */
  readonly best: Agreement & { readonly orientations: readonly Orientation[] };
  /** Every orientation for all images at once, over a sample of the pixels; the plain one first. */
  readonly all: readonly { readonly orientation: Orientation; readonly kappa: number }[];
}

/** Pixels looked at per orientation, over all images; the winner is looked at whole. */
const sampleSize = 32_768;

/** An image is turned on its own only if it then agrees this well, and this much better. */
const ownAgreement = 0.4;
const ownGain = 0.2;

/** Orientations image by image must beat the best one for all by this. */
const severalGain = 0.1;

/** The 8 (in space 48) symmetries of the target. */
export const symmetries: DerivedMeasure<Symmetries> = derived({
  id: 'symmetries',
  needs: { decisions, confusion },
  compute(values, source, view) {
    const { spatial, images } = source;
    const { decided, labels, rows } = values.decisions;
    const sample = spreadSample(spatial, Math.ceil(sampleSize / images));
    const picked = decided.map((own) => valuesAt(own, sample));
    const all = orientationsOf(spatial.length)
      .filter(({ axes }) => axes.every((axis, k) => spatial[axis] === spatial[k]))
      .map((orientation) => {
        const reading = orientedReading(spatial, orientation);
        const together = emptyCounts(rows);
        const kappas = picked.map((own, image) => {
          const counts = emptyCounts(rows);
          const truth = labels[image];
          if (truth !== undefined) countAgreement(own, truth, sample, reading, rows, counts);
          counts.forEach((n, at) => {
            together[at] = (together[at] ?? 0) + n;
          });
          return agreementOf(counts, rows).kappa;
        });
        return { orientation, kappas, kappa: agreementOf(together, rows).kappa };
      });
    const whole = (orientations: readonly Orientation[]): Agreement =>
      wholeAgreement(values.decisions, (image) =>
        orientedReading(spatial, orientations[image % orientations.length] as Orientation),
      );
    const plain = (all[0] as (typeof all)[number]).orientation;
    const one = [highest(all, ({ kappa }) => kappa).orientation];
    const several = eachImage(source, all);
    const now = agreementNow(values.confusion, () => values.decisions, spatial);
    const shared = { ...(one[0] === plain ? now : whole(one)), orientations: one };
    const own = several === null ? null : { ...whole(several), orientations: several };
    const best = own !== null && own.kappa >= shared.kappa + severalGain ? own : shared;
    const inner = view.target.orientations?.[0] ?? plain;
    return {
      now,
      best: { ...best, orientations: best.orientations.map((it) => composed(it, inner)) },
      all: all.map(({ orientation, kappa }) => ({ orientation: composed(orientation, inner), kappa })),
    };
  },
});

interface Tried {
  readonly orientation: Orientation;
  readonly kappas: readonly number[];
}

/** The best orientation of each image on its own; null where no image asks for another one. */
function eachImage({ images }: Subject, all: readonly Tried[]): Orientation[] | null {
  const plain = all[0] as Tried;
  const chosen = Array.from({ length: images }, (_, image) => {
    const best = highest(all, ({ kappas }) => kappas[image] ?? Number.NaN);
    const [now, after] = [plain.kappas[image] ?? Number.NaN, best.kappas[image] ?? Number.NaN];
    return after >= ownAgreement && after - now >= ownGain ? best.orientation : plain.orientation;
  });
  return chosen.every((it) => it === plain.orientation) ? null : chosen;
}

/** The first of the largest; NaN is never larger. */
function highest<T>(items: readonly T[], value: (item: T) => number): T {
  return items.reduce((best, it) => (value(it) > value(best) ? it : best));
}
