import type { Report } from '../core/report.ts';
import type { Reporter } from '../core/reporter.ts';
import { encode } from './_encode.ts';

/** The report itself. Every other reporter shows a part of what this one writes. */
export const json: Reporter = {
  id: 'json',
  about: 'the whole report as JSON, for programs',
  mime: 'application/json',
  render: (report: Report): string => encode(report),
};
