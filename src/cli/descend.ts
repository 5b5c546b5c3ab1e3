import { UsageError } from '../core/errors.ts';
import { descendFiles } from '../from-files.ts';
import { descentText } from './descend-text.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, oneNumber, optionsOf } from './flags.ts';
import { exitCodeFor } from './output.ts';
import { ownJson } from './own-json.ts';
import { descentSchema } from './own-schemas.ts';
import { progressOf } from './progress.ts';
import { displayOf, type World } from './terminal.ts';

/** `lossprobe descend <prediction> <target>`: how far can this loss fall, and what would others do to the same arrays. */
export async function descendCommand(
  world: World,
  prediction: string,
  target: string | undefined,
  flags: Flags & { readonly steps?: string },
): Promise<ExitCode> {
  if (target === undefined) throw new UsageError(`${prediction} was given without a target; name the mask as well`);
  const progress = progressOf(world, flags.quiet === true);
  const report = await descendFiles(prediction, target, {
    ...(await optionsOf(flags)),
    steps: flags.steps === undefined ? undefined : oneNumber('--steps', flags.steps),
    onStep: ({ loss, done }) => progress.show(`descending ${loss}: ${Math.floor(100 * done)} % of the work`),
  }).finally(() => progress.clear());
  world.stdout.write(
    flags.json === true ? ownJson('descent', report, descentSchema) : descentText(report, displayOf(world, flags)),
  );
  return exitCodeFor(report.findings, flags.failOn);
}
