import type { CaseReport, Report, Severity } from '../core/index.ts';
import { version } from './version.ts';

/** Binds the cases of a run together. */
export function report(cases: readonly CaseReport[]): Report {
  const verdicts = cases.flatMap((it) => it.verdicts);
  const found = (severity: Severity): number =>
    verdicts.filter((it) => it.status === 'found' && it.severity === severity).length;
  const [errors, warnings, notes] = [found('error'), found('warning'), found('note')];
  const notChecked = verdicts.filter((it) => ['not-applicable', 'skipped', 'crashed'].includes(it.status)).length;
  const worst = errors > 0 ? 'error' : warnings > 0 ? 'warning' : notes > 0 ? 'note' : null;
  return {
    schema: 1,
    tool: { name: 'lossprobe', version },
    cases,
    summary: { cases: cases.length, errors, warnings, notes, worst, notChecked },
  };
}
