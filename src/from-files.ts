import type { Report } from './core/index.ts';
import { descendArrays } from './descend/descend.ts';
import type { DescentReport } from './descend/report.ts';
import { withArrays } from './host/files.ts';
import { termsOf } from './host/terms.ts';
import { type DescendOptions, type DiagnoseOptions, journeyOf, requestOf, type TrendOptions } from './options.ts';
import { runCase } from './pipeline.ts';
import { report } from './report/report.ts';
import type { TrendReport } from './trend/report.ts';
import { trendArrays } from './trend/trend.ts';

/** Threads that share the work on large files; as many as pay when left out. The result is the same to the last bit. */
export interface Threads {
  readonly threads?: number | undefined;
}

/**
 * Diagnoses two files: any format that lossprobe reads, `-` for standard input.
 * @throws InputError when a file cannot be read or judged, UsageError when an option makes no sense.
 */
export async function diagnoseFiles(
  predictionPath: string,
  targetPath: string,
  { threads, ...options }: DiagnoseOptions & Threads = {},
): Promise<Report> {
  const request = requestOf(options);
  return withArrays(
    [predictionPath, targetPath],
    ([prediction, target], crew) => report([runCase(predictionPath, prediction, target, { ...request, crew })]),
    termsOf(threads, request.gradients ? 'everything' : 'values'),
  );
}

/**
 * Descends from a prediction file, as `descend` does.
 * @throws InputError when a file cannot be read or judged, UsageError when an option makes no sense.
 */
export async function descendFiles(
  predictionPath: string,
  targetPath: string,
  options: DescendOptions & Threads = {},
): Promise<DescentReport> {
  const { steps, onStep, threads, ...rest } = options;
  termsOf(threads, 'values'); // Checked only: a descent works on a sample, which leaves nothing to share.
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
  { modes, threads, ...options }: TrendOptions<string> & Threads = {},
): Promise<TrendReport> {
  const request = requestOf(options);
  termsOf(threads, 'values'); // Checked only: a series is compared by probabilities as large as the files, which are not worth sending around.
  return withArrays([targetPath, ...checkpointPaths, ...(modes ?? [])], ([target, ...exports]) => {
    const checkpoints = exports.slice(0, checkpointPaths.length);
    const own = modes === undefined ? null : exports.slice(checkpointPaths.length);
    return trendArrays({ checkpoints, modes: own }, target, request);
  });
}
