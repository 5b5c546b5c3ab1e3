import type { Report } from './core/index.ts';
import { readArray } from './host/files.ts';
import { type DiagnoseOptions, requestOf } from './options.ts';
import { runCase } from './pipeline.ts';
import { report } from './report/report.ts';

/**
 * Diagnoses two files: any format that lossprobe reads, `-` for standard input.
 * @throws InputError when a file cannot be read or judged, UsageError when an option makes no sense.
 */
export async function diagnoseFiles(
  predictionPath: string,
  targetPath: string,
  options: DiagnoseOptions = {},
): Promise<Report> {
  const request = requestOf(options);
  const prediction = { path: predictionPath, array: await readArray(predictionPath) };
  const target = { path: targetPath, array: await readArray(targetPath) };
  return report([runCase(predictionPath, prediction, target, request)]);
}

export { readArray } from './host/files.ts';
export * from './index.ts';
