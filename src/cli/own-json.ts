import { version } from '../report/version.ts';
import { layOut } from '../reporters/_json-layout.ts';
import { type Shape, toJson } from '../reporters/_shape.ts';

/** The report of a command that has one of its own, under a name of its own; NaN and the infinities are strings, as in every report. */
export function ownJson(name: string, report: unknown, shape: Shape): string {
  const tool = { name: 'lossprobe', version };
  return `${layOut({ schema: 1, tool, [name]: toJson(report, shape) })}\n`;
}
