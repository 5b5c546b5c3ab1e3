import { UsageError } from '../core/errors.ts';
import { diagnoseFiles } from '../from-files.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { checkReporters, exitCodeOf, writeReport } from './output.ts';
import type { World } from './terminal.ts';

/** `lossprobe [diagnose] <prediction> <target>`. */
export async function diagnoseCommand(
  world: World,
  prediction: string,
  target: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  if (target === undefined) {
    throw new UsageError(
      `${prediction} was given without a target; name the mask as well: lossprobe ${prediction} mask.png`,
    );
  }
  checkReporters(flags);
  const report = await diagnoseFiles(prediction, target, await optionsOf(flags));
  await writeReport(world, report, flags);
  return exitCodeOf(report, flags.failOn);
}
