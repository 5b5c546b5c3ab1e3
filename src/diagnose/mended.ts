import type { Case, Evaluation, LossSpec, Placement, View } from '../core/index.ts';
import { Measurements } from '../measure/measurements.ts';
import { properView, wiredView } from '../measure/wiring.ts';

/** Arrays that do not fit, made to fit: for the rule that names what keeps them apart. */
export interface Mended {
  readonly measurements: Measurements;
  /** The first loss; it has no value on the arrays as they are. */
  readonly evaluation: Evaluation;
  readonly placement: Placement;
}

/** Opens the mended arrays when they are first asked for. */
export function mendedOnce(
  open: () => { readonly pixels: Case; readonly placement: Placement },
  spec: LossSpec,
): () => Mended {
  let known: Mended | undefined;
  return () => {
    known ??= mendedOf(open(), spec);
    return known;
  };
}

function mendedOf(
  { pixels, placement }: { readonly pixels: Case; readonly placement: Placement },
  spec: LossSpec,
): Mended {
  const { prediction, kind } = pixels;
  const read = (view: View): View => placedView(view, placement);
  const [wired, proper] = [wiredView, properView].map((of) => read(of(spec, prediction.activation, kind)));
  const none = { value: Number.NaN, perClass: null, contributions: null };
  const evaluation = {
    ...none,
    spec,
    wired: wired as View,
    proper: proper as View,
    properValue: none,
    gradient: null,
    uniform: Number.NaN,
    prior: Number.NaN,
    floor: Number.NaN,
    lowerBound: Number.NaN,
    raises: 'the shapes of prediction and target do not fit',
  };
  return { measurements: new Measurements(pixels), evaluation, placement };
}

/** A view with the target read at another place. */
export function placedView(view: View, placement: Placement): View {
  return { ...view, target: { ...view.target, ...placement } };
}
