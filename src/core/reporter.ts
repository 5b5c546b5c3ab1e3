import type { Report } from './report.ts';

/** What a reporter may know of the place it is shown in. */
export interface Display {
  /** Columns; 80 when unknown. */
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** The numbers without the findings, where no finding was asked for. */
  readonly tablesOnly?: boolean;
}

/** Turns a report into text; it never prints. */
export interface Reporter {
  readonly id: string;
  readonly about: string;
  readonly mime: string;
  render(report: Report, display: Display): string;
}
