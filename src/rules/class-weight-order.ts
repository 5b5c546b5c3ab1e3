import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { imageClasses } from '../measures/index.ts';
import { className, weightsToPaste } from './_classes.ts';
import { declaredParts } from './_parts.ts';
import { percent, significant } from './_words.ts';

const correlationLimit = 0.3;
const shareLimit = 0.95;
/** Weights, and frequencies, that differ by less have no order to speak of. */
const spread = 1.5;
const sideLimit = 5;

/** Class weights that favour the classes that need it least. */
export const classWeightOrder: Rule = rule({
  id: 'class-weight-order',
  title: 'the class weights favour the wrong classes',
  severity: 'warning',
  explain: {
    test:
      'Among the classes that are there, weight and frequency rise together (rank correlation above 0.3, both spread over a factor ' +
      'of 1.5 or more), or one class has more than 95 % of the weighted pixels and not of the plain ones. For ' +
      'pos-weight: above 5 (1 - f) / f, f the frequency of the positive side.',
    why:
      'Weights are there to lift rare classes: balanced ones give every class the same share. Weights in the order of another list ' +
      '(void left in, background last, names sorted) lift a frequent class further and drown the rest, and nothing in the code ' +
      'complains. A pos_weight that is far too high paints everything as foreground.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'weight=torch.tensor([...]) in channel order; pos_weight about (1 - f) / f, one per channel',
      },
      { framework: 'MONAI', text: 'weight= in channel order, without the background where it is left out' },
      { framework: 'Keras', text: 'a table of weights looked up by class id and passed as sample_weight' },
      { framework: 'mmseg', text: 'class_weight in the order of METAINFO["classes"], reduce_zero_label considered' },
    ],
    exceptions: 'Emphasis on purpose, such as on a class that must not be missed.',
  },
  examples: {
    fires: {
      prediction: 'aaab\naaab\naabb\naaab',
      legend: { a: [2.4, -1.2], b: [-1.1, 1.9] },
      target: '0001\n0001\n0011\n0001',
      args: ['--loss', 'ce', '--weights', '3,0.5'],
    },
    clear: {
      prediction: 'aaab\naaab\naabb\naaab',
      legend: { a: [2.4, -1.2], b: [-1.1, 1.9] },
      target: '0001\n0001\n0011\n0001',
      args: ['--loss', 'ce', '--weights', '0.5,3'],
    },
  },
  looksAt: ['target'],
  explains: ['single-class-collapse', 'starved-class', 'threshold-misfit'],
  needs: { classes: imageClasses },
  check({ classes }, subject, circumstances) {
    const pixels = [...classes.pixels];
    const sided = declaredParts(circumstances).filter(({ spec }) => Array.isArray(spec.options['pos-weight']));
    const { weights } = subject;
    if (weights === null && sided.length === 0) return { notApplicable: 'no class weights were given (--weights)' };
    if (weights !== null && weights.length !== subject.rows) {
      return { notApplicable: 'the weights do not fit the classes (weight-mismatch)' };
    }
    const valid = classes.valid.reduce((a, b) => a + b, 0);
    for (const { spec } of sided) {
      const found = oneSided(spec.options['pos-weight'], pixels, valid, subject);
      if (found !== undefined) return found;
    }
    return weights === null ? undefined : misordered(weights, pixels, subject);
  },
});

/** A factor on the positive side far beyond what balances the sides. */
function oneSided(factors: readonly number[], pixels: readonly number[], valid: number, subject: Subject) {
  const first = subject.kind === 'binary' ? 1 : 0;
  const channels = Array.from({ length: subject.channels }, (_, c) => {
    const f = (pixels[first + c] ?? 0) / valid;
    return { row: first + c, f, factor: factors[factors.length === 1 ? 0 : c] ?? 1, balanced: (1 - f) / f };
  });
  const [worst] = channels
    .filter(({ f, factor, balanced }) => f > 0 && f < 1 && factor > 1 && factor > sideLimit * balanced)
    .sort((a, b) => b.factor / b.balanced - a.factor / a.balanced);
  if (worst === undefined) return undefined;
  return {
    title: 'pos-weight is far too high',
    message:
      `pos-weight is ${significant(worst.factor)} for class ${className(subject, worst.row)}, which has ${percent(worst.f)} of the ` +
      `pixels; ${significant(worst.balanced)} would balance the sides, and up to ${sideLimit} times that is allowed. lower it.`,
    evidence: [
      { label: 'pos-weight', value: worst.factor, limit: sideLimit * worst.balanced },
      { label: 'balanced: (1 - f) / f', value: worst.balanced },
    ],
    strength: 0.7,
  };
}

function misordered(weights: readonly number[], pixels: readonly number[], subject: Subject): Finding | undefined {
  const valid = pixels.reduce((a, b) => a + b, 0);
  const rows = pixels.flatMap((n, row) => (n > 0 && Number.isFinite(weights[row]) ? [row] : []));
  const [w, f] = [rows.map((row) => weights[row] ?? 0), rows.map((row) => (pixels[row] ?? 0) / valid)];
  const mass = w.reduce((sum, own, k) => sum + own * (f[k] ?? 0), 0);
  const shares = w.map((own, k) => (own * (f[k] ?? 0)) / mass);
  const top = shares.indexOf(Math.max(...shares));
  const [share, frequency] = [shares[top] ?? 0, f[top] ?? 0];
  const correlation = isSpread(w) && isSpread(f) ? rankCorrelation(w, f) : Number.NaN;
  const drowns = rows.length > 1 && share > shareLimit && frequency <= shareLimit;
  if (!(correlation > correlationLimit) && !drowns) return undefined;
  const reversed = rankCorrelation([...w].reverse(), f);
  const name = className(subject, rows[top] ?? 0);
  return {
    message:
      `class ${name} has ${percent(frequency)} of the pixels and, weighted, ${percent(share)} of the loss's attention. weights should ` +
      `fall with frequency${reversed < -correlationLimit ? '; in reverse order these would' : ''}. give them in channel order.`,
    evidence: [
      { label: 'rank correlation of weight and frequency', value: correlation, limit: correlationLimit },
      { label: 'largest share of the weighted pixels', value: 100 * share, unit: '%', limit: 100 * shareLimit },
      ...rows.slice(0, 12).map((row, k) => ({
        label: `class ${className(subject, row)}`,
        value: `weight ${significant(w[k] ?? 0)}, ${percent(f[k] ?? 0)} of the pixels, ${percent(shares[k] ?? 0)} weighted`,
      })),
      ...weightsToPaste(pixels).filter(({ label }) => label.endsWith(' balanced')),
    ],
    strength: 0.7,
  };
}

function isSpread(values: readonly number[]): boolean {
  return Math.max(...values) >= spread * Math.min(...values);
}

/** Spearman's rank correlation; equal values share their mean rank. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, own, k) => sum + (own - middle) * ((q[k] ?? 0) - middle), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

function ranks(values: readonly number[]): number[] {
  return values.map((own) => {
    const below = values.filter((other) => other < own).length;
    const equal = values.filter((other) => other === own).length;
    return below + (equal - 1) / 2;
  });
}
