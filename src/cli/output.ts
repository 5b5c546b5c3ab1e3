import { promises } from 'node:fs';
import { type Report, type Reporter, type Severity, UsageError } from '../core/index.ts';
import { reporters } from '../reporters/index.ts';
import type { ExitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import { displayOf, type World } from './terminal.ts';

/** Writes a report with every reporter asked for; standard output carries at most one of them. */
export async function writeReport(world: World, report: Report, flags: Flags, tablesOnly = false): Promise<void> {
  const wanted = [...(flags.json ? ['json'] : []), ...(flags.reporter ?? [])];
  const display = { ...displayOf(world, flags), tablesOnly };
  for (const text of wanted.length === 0 ? ['terminal'] : wanted) {
    const { reporter, file } = parseReporter(text);
    if (file === null) world.stdout.write(reporter.render(report, display));
    else await save(file, reporter.render(report, { ...display, colour: false }));
  }
}

async function save(file: string, text: string): Promise<void> {
  await promises.writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `the report cannot be written to ${file} (${error.code}); name a file in a folder that exists`,
    );
  });
}

/** Checks the reporters before any work is done. */
export function checkReporters(flags: Flags): void {
  const toScreen = [...(flags.json ? ['json'] : []), ...(flags.reporter ?? [])].filter(
    (text) => parseReporter(text).file === null,
  );
  if (toScreen.length > 1) {
    throw new UsageError(
      `only one reporter can write to standard output, and ${toScreen.join(', ')} would; name a file: --reporter json=report.json`,
    );
  }
}

function parseReporter(text: string): { reporter: Reporter; file: string | null } {
  const [id = '', ...file] = text.split('=');
  const reporter = reporters.find((it) => it.id === id);
  if (reporter === undefined) {
    throw new UsageError(`there is no reporter "${id}"; there are ${reporters.map((it) => it.id).join(', ')}`);
  }
  if (file.length > 0 && file.join('=') === '') throw new UsageError(`--reporter ${text} names no file after the =`);
  return { reporter, file: file.length === 0 ? null : file.join('=') };
}

/** 3 when a rule crashed, 1 when something was found at or above the severity, else 0. */
export function exitCodeOf(report: Report, failOn = 'error'): ExitCode {
  if (report.cases.some((it) => it.verdicts.some((verdict) => verdict.status === 'crashed'))) return 3;
  const found = report.cases.flatMap((it) => it.verdicts.filter(({ status }) => status === 'found'));
  return exitCodeFor(found, failOn);
}

/** 1 when one of the findings is at or above the severity, else 0. */
export function exitCodeFor(findings: readonly { readonly severity: Severity }[], failOn = 'error'): ExitCode {
  const order: readonly string[] = ['error', 'warning', 'note'];
  return findings.some(({ severity }) => order.indexOf(severity) <= order.indexOf(failOn)) ? 1 : 0;
}
