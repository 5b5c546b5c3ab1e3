import type { CaseReport, Verdict } from '../core/report.ts';
import { paragraph } from './_block.ts';
import { percent } from './_numbers.ts';
import type { Page } from './_page.ts';
import { storiesOf } from './_stories.ts';
import { table } from './_table.ts';

/** The findings that say where the loss is, and the unit of the numbers that do. */
const places: readonly string[] = ['loss-on-few-pixels', 'boundary-errors'];
const unit = '% of the loss';

/**
 * Where the loss is: the hardest pixels, the distance to boundaries, the worst regions. Only where a finding says so, and not where a
 * defect explains it.
 */
export function whereSection({ verdicts }: CaseReport, page: Page): string[] {
  const found = storiesOf(verdicts)
    .filter(({ cause }) => cause.severity === 'note')
    .flatMap(({ cause, consequences }) => [cause, ...consequences])
    .filter(({ rule }) => places.includes(rule))
    .sort((a, b) => places.indexOf(a.rule) - places.indexOf(b.rule));
  const rows = sharesOf(found);
  if (rows.length === 0) return [];
  const boxes = rows.some(([label]) => label.includes('['));
  return [
    ...table(
      [
        { head: 'where the loss is', cells: rows.map(([label]) => label), narrow: 'wrap' },
        { head: 'share of\nloss', cells: rows.map(([, share]) => percent(share)), align: 'right' },
      ],
      page,
    ),
    ...(boxes
      ? paragraph('boxes are [y0, x0, y1, x1] as slices take them, z first for volumes', page).map(page.faint)
      : []),
  ];
}

/** Each place once, with its share. */
function sharesOf(found: readonly Verdict[]): [string, number][] {
  const evidence = found.flatMap((verdict) => verdict.evidence.filter((it) => it.unit === unit));
  return [...new Map(evidence.map(({ label, value }) => [label, Number(value) / 100]))];
}
