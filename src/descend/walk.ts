import type { GradientSummary, LossSpec, View } from '../core/index.ts';
import { moveAgainst, sumOfSquares } from '../kernels/index.ts';
import { gradientParts, lossRequests, lossValue } from '../measure/evaluate.ts';
import { Measurements } from '../measure/measurements.ts';
import { gradientMap, gradientSum, overlap } from '../measures/index.ts';
import type { Field } from './field.ts';
import { type SoftScore, softScores } from './soft-scores.ts';

/** A descent, step by step; entry 0 is the array as it was stored. */
export interface Walk {
  readonly values: readonly number[];
  /** Soft scores of every row of the class table. */
  readonly scores: readonly (readonly SoftScore[])[];
  /** At the start, with respect to the free scores. */
  readonly gradient: GradientSummary;
  /** Why it ended: all steps were taken, the gradient is 0 or no number, or no step along it lowers the loss. */
  readonly end: 'steps' | 'zero-gradient' | 'nan-gradient' | 'no-lower';
}

/** Length of a step, as the root of the mean square over the valid pixels. */
export const stepLength = 0.2;

/** A step has to bring this share of what it would if the loss were linear. */
const sufficient = 1e-4;
const mostHalvings = 20;

interface Point {
  readonly value: number;
  readonly measurements: Measurements;
}

/**
 * Plain gradient descent. Every step has the same length whatever the scale of the loss, so that losses can be compared after the
 * same number of steps; it is halved until the loss falls (Armijo 1966), and may grow back afterwards.
 */
export function walk(
  field: Field,
  spec: LossSpec,
  wired: View,
  honest: View,
  steps: number,
  onStep: (step: number) => void,
): Walk {
  const { source, values, free } = field;
  const [view, under] = [free.reading(wired), free.reading(honest)];
  const take = (before: Measurements): Point => {
    const measurements = before.anew();
    measurements.prepare([...lossRequests(spec, measurements, view), { measure: overlap, view: under }]);
    return { value: lossValue(spec, measurements, view).value, measurements };
  };
  const scoresAt = ({ measurements }: Point): SoftScore[] => softScores(measurements.get(overlap, under), source);
  const stored = values.slice();
  const base = new Float64Array(values.length);
  const direction = new Float64Array(values.length);
  let here = take(new Measurements(source));
  const gradient = startGradient(here, spec, view);
  const reach = stepLength * Math.sqrt(source.totals(view).valid.reduce((a, b) => a + b, 0));
  const track = { values: [here.value], scores: [scoresAt(here)] };
  let pace = 1;
  let end: Walk['end'] = 'steps';
  while (track.values.length <= steps) {
    fillGradient(here, spec, view, direction);
    const norm = Math.sqrt(sumOfSquares(direction));
    if (!(norm > 0 && norm < Infinity)) {
      end = norm === 0 ? 'zero-gradient' : 'nan-gradient';
      break;
    }
    base.set(values);
    let next: Point | null = null;
    for (let halvings = 0; halvings <= mostHalvings && next === null; halvings++) {
      const fall = moveAgainst(base, direction, (pace * reach) / norm, free.low, free.high, values);
      const trial = take(here.measurements);
      if (fall > 0 && trial.value <= here.value - sufficient * fall) {
        next = trial;
        if (halvings === 0) pace = Math.min(1, 2 * pace);
      } else pace /= 2;
    }
    if (next === null) {
      end = 'no-lower';
      break;
    }
    here = next;
    track.values.push(here.value);
    track.scores.push(scoresAt(here));
    onStep(track.values.length - 1);
  }
  values.set(stored);
  return { ...track, gradient, end };
}

function startGradient({ measurements }: Point, spec: LossSpec, view: View): GradientSummary {
  const parts = gradientParts(spec, measurements, view);
  return measurements.get(gradientSum(parts), parts[0]?.view ?? view);
}

/** The gradient at a point, image after image. */
function fillGradient({ measurements }: Point, spec: LossSpec, view: View, out: Float64Array): void {
  const parts = gradientParts(spec, measurements, view);
  let at = 0;
  for (const image of measurements.get(gradientMap(parts), parts[0]?.view ?? view)) {
    out.set(image, at);
    at += image.length;
  }
}
