import type { Formula, FormulaContext, Supposition } from '../core/index.ts';
import { isRegion, total } from './_losses.ts';

/** Other pixels are left out than was declared. */
export const ignoreNotApplied: Formula = {
  id: 'ignore-not-applied',
  title: 'ignored pixels counted, or others left out',
  about:
    'The pixels to ignore count as background, as the last class or as what their label says; or keep their ' +
    'probabilities in the sums of an overlap; or background or labels without a class are left out though nobody ' +
    'declared it.',
  formula: 'loss over other pixels',
  suppose: (context) => [...counted(context), ...dropped(context)],
};

/** The ignored pixels are not left out. */
function counted({ spec, subject, totals, wired }: FormulaContext): Supposition[] {
  if (total(totals.ignored) === 0) return [];
  const { channels, kind, ignore } = subject;
  const own = ignore.length === 1 ? (ignore[0] ?? -1) : -1;
  const last = kind === 'exclusive' ? channels - 1 : 1;
  const classes = new Map([
    [0, 'background'],
    [last, kind === 'exclusive' ? 'the last class' : 'foreground'],
    ...(own > 0 && own < last ? [[own, `class ${own}`] as const] : []),
  ]);
  const read = [...classes].map(([voidClass, name]) => ({
    departures: [`ignored pixels counted as ${name}`],
    view: { ...wired, voidClass },
  }));
  if (!isRegion(spec) || !('ignored' in spec.options)) return read;
  return [
    ...read,
    { departures: ['ignored pixels keep their probabilities in the sums'], options: { ignored: 'zero-rows' } },
    { departures: ['ignored pixels set to 0 before the activation'], options: { ignored: 'masked-input' } },
  ].filter(({ options }: Supposition) => options === undefined || options.ignored !== spec.options.ignored);
}

/** Pixels are left out that were not to be ignored. */
function dropped({ subject, wired }: FormulaContext): Supposition[] {
  if (subject.kind !== 'exclusive') return [];
  const without = (labels: number[], departure: string): Supposition[] =>
    labels.length === 0 ? [] : [{ departures: [departure], view: { ...wired, ignore: [...wired.ignore, ...labels] } }];
  const strange = [...(subject.target.profile.values?.keys() ?? [])].filter(
    (label) => (label < 0 || label >= subject.channels) && !subject.ignore.includes(label),
  );
  return [
    ...(subject.ignore.includes(0) ? [] : without([0], 'background pixels left out')),
    ...without(strange.slice(0, 4), `labels without a class left out: ${strange.slice(0, 4).join(', ')}`),
  ];
}
