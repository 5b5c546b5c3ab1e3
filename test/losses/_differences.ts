import { type Evaluation, elementCount } from '../../src/core/index.ts';
import { lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { caseOf, evaluate, type Picture } from '../_arrays.ts';

/** dL/dx of every stored value x, by central differences of the value under the wired view. */
function differences(picture: Picture, { spec, wired }: Evaluation): Float64Array {
  const x = Float64Array.from(picture.prediction);
  const source = caseOf({ ...picture, prediction: x });
  const at = (k: number, moved: number): number => {
    const own = x[k] ?? 0;
    x[k] = own + moved;
    const { value } = lossValue(spec, new Measurements(source), wired);
    x[k] = own;
    return value;
  };
  const step = picture.activation === 'scaled-by-255' ? 1e-3 : 1e-5;
  return x.map((_, k) => (at(k, step) - at(k, -step)) / (2 * step));
}

/** Row of the per-class table of every stored value; -1 for ignored pixels. */
function rowsOf(picture: Picture): number[] {
  const source = caseOf(picture);
  const { images, channels, pixels } = source;
  const labels = Array.from({ length: images }, (_, image) => source.labels(image, evaluate(picture, 'dice').wired));
  return Array.from({ length: images * channels * pixels }, (_, k) => {
    const label = labels[Math.floor(k / (channels * pixels))]?.[k % pixels] ?? -1;
    return label < 0 || source.kind !== 'multilabel' ? label : Math.floor(k / pixels) % channels;
  });
}

/** What the summary says that the differences do not; empty when they agree. */
export function disagreements(picture: Picture, evaluation: Evaluation): string[] {
  const { gradient, value } = evaluation;
  if (gradient === null) return ['there is no gradient'];
  const g = differences(picture, evaluation);
  const largest = g.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  const noise = 1e-6 * largest + 1e-10 * Math.abs(value) + 1e-10;
  const out: string[] = [];
  const check = (name: string, ours: number | undefined, want: number, tolerance: number): void => {
    if (ours === undefined || !(Math.abs(ours - want) <= tolerance)) out.push(`${name} is ${ours}, not ${want}`);
  };
  check('l2', gradient.l2, Math.hypot(...g), noise * Math.sqrt(g.length));
  check('max', gradient.max, largest, noise);
  gradient.head.forEach((entry, k) => {
    check(`entry ${k}`, entry, g[headIndex(picture, k)] ?? Number.NaN, noise);
  });
  const rows = rowsOf(picture);
  const square = g.reduce((sum, d) => sum + d * d, 0);
  gradient.perClass.forEach((share, row) => {
    const own = g.reduce((sum, d, k) => (rows[k] === row ? sum + d * d : sum), 0);
    check(`share of ${row}`, share * square, own, noise * Math.sqrt(square) * g.length);
  });
  return out.map((text) => `${evaluation.spec.text} on ${JSON.stringify(picture)}: ${text}`);
}

/** Where the k-th entry of the head lies in the stored array. */
function headIndex(picture: Picture, k: number): number {
  const pixels = elementCount(picture.spatial);
  const kept = Math.min(8, pixels);
  return Math.floor(k / kept) * pixels + (k % kept);
}

/** torch.nn.BCELoss floors the value and not the gradient; see the test of that name. */
export function isFlooredBce(spec: string): boolean {
  return /^bce:.*log-floor=-0\.7/.test(spec);
}
