import type { Assumption } from '../core/case.ts';
import { formatShape } from '../core/ndarray.ts';
import type { CaseReport } from '../core/report.ts';
import { block, type Row } from './_block.ts';
import { percent } from './_numbers.ts';
import type { Page } from './_page.ts';

/** Axes that are counted in something; the others are lengths. */
const axes: Readonly<Record<string, readonly [one: string, many: string]>> = {
  N: ['image', 'images'],
  C: ['channel', 'classes'],
};

const activations: Readonly<Record<string, string>> = {
  'log-softmax': 'log-probabilities',
  'activated-twice': 'probabilities activated twice',
  labels: 'class ids',
  'scaled-by-255': 'probabilities times 255',
};

const encodings: Readonly<Record<string, string>> = {
  ids: 'class ids',
  binary: '0 and 1',
  'binary-255': '0 and 255',
  'palette-indices': 'palette indices',
  'color-coded': 'one colour per class',
  'divided-by-255': 'class ids divided by 255',
  'minus-one-one': '-1 and 1',
  soft: 'soft labels',
};

/** What the two files were taken to be, and which of it is a guess. */
export function readSection(report: CaseReport, page: Page): string[] {
  const files = [predictionRow(report), targetRow(report)].filter((row) => row !== null);
  const doubtful = report.assumptions.filter(({ confidence }) => page.verbose || confidence !== 'sure');
  return [...block('read', files, page), ...block('assumed', doubtful.map(assumptionRow), page)];
}

function predictionRow({ prediction }: CaseReport): Row | null {
  const { path, dtype, shape, layout, activation } = prediction;
  if (path === '' && shape.length === 0) return null;
  return {
    name: 'prediction',
    path,
    text: `${dtype}, ${shapeText(shape, layout)}, ${activations[activation] ?? activation}`,
  };
}

function targetRow({ target }: CaseReport): Row | null {
  const { path, dtype, shape, encoding, ignore, valid, ignored } = target;
  if (path === '' && shape.length === 0) return null;
  const share = valid + ignored > 0 ? ` (${percent(ignored / (valid + ignored))})` : '';
  const left = ignore.length > 0 ? `; ${ignore.join(' and ')} ignored${share}` : '';
  return { name: 'target', path, text: `${dtype} ${formatShape(shape)}, ${encodings[encoding] ?? encoding}${left}` };
}

/** `[4, 11, 176, 240]` in NCHW as `4 images x 11 classes x 176 x 240`. */
function shapeText(shape: readonly number[], layout: string): string {
  const letters = [...layout];
  if (letters.length !== shape.length || !letters.every((letter) => 'NCDHW'.includes(letter))) {
    return `${formatShape(shape)} ${layout}`;
  }
  return shape.map((length, i) => counted(length, axes[letters[i] ?? ''])).join(' x ');
}

function counted(length: number, names: readonly [one: string, many: string] | undefined): string {
  return names ? `${length} ${length === 1 ? names[0] : names[1]}` : String(length);
}

function assumptionRow({ about, chosen, because, override, confidence }: Assumption): Row {
  const change = override ? `; ${override} overrides it` : '';
  return { name: about, text: `${chosen} (${confidence})${because ? `: ${because}` : ''}${change}` };
}
