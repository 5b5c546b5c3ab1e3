import type { Report } from './core/index.ts';
import { descendArrays } from './descend/descend.ts';
import type { DescentReport } from './descend/report.ts';
import { withArrays } from './host/files.ts';
import { type DescendOptions, type DiagnoseOptions, journeyOf, requestOf, type TrendOptions } from './options.ts';
import { runCase } from './pipeline.ts';
import { report } from './report/report.ts';
import type { TrendReport } from './trend/report.ts';
import { trendArrays } from './trend/trend.ts';

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
  return withArrays([predictionPath, targetPath], ([prediction, target]) =>
    report([runCase(predictionPath, prediction, target, request)]),
  );
}

/**
 * Descends from a prediction file, as `descend` does.
 * @throws InputError when a file cannot be read or judged, UsageError when an option makes no sense.
 */
export async function descendFiles(
  predictionPath: string,
  targetPath: string,
  options: DescendOptions = {},
): Promise<DescentReport> {
  const { steps, onStep, ...rest } = options;
  const request = requestOf(rest);
  const journey = journeyOf({ steps, onStep });
  return withArrays([predictionPath, targetPath], ([prediction, target]) =>
    descendArrays(prediction, target, request, journey),
  );
}

/**
 * Compares several prediction files of the same input, oldest first, as `trend` does.
 * @throws InputError when a file cannot be read or judged, UsageError when an option makes no sense.
 */
export async function trendFiles(
  checkpointPaths: readonly string[],
  targetPath: string,
  { modes, ...options }: TrendOptions<string> = {},
): Promise<TrendReport> {
  const request = requestOf(options);
  return withArrays([targetPath, ...checkpointPaths, ...(modes ?? [])], ([target, ...exports]) => {
    const checkpoints = exports.slice(0, checkpointPaths.length);
    const own = modes === undefined ? null : exports.slice(checkpointPaths.length);
    return trendArrays({ checkpoints, modes: own }, target, request);
  });
}
