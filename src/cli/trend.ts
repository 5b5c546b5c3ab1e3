import { UsageError } from '../core/errors.ts';
import { trendFiles } from '../from-files.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { exitCodeFor } from './output.ts';
import { ownJson } from './own-json.ts';
import { trendSchema } from './own-schemas.ts';
import { displayOf, type World } from './terminal.ts';
import { trendText } from './trend-text.ts';

interface TrendFlags extends Flags {
  readonly target?: string;
  readonly modes?: readonly string[];
}

/** `lossprobe trend a.npy b.npy c.npy --target mask`: several exports of the same input, oldest first. */
export async function trendCommand(world: World, checkpoints: readonly string[], flags: TrendFlags): Promise<ExitCode> {
  if (flags.target === undefined) {
    throw new UsageError('the mask is named with --target: lossprobe trend epoch1.npy epoch2.npy --target mask.png');
  }
  const options = { ...(await optionsOf(flags)), modes: flags.modes };
  const report = await trendFiles(checkpoints, flags.target, options);
  world.stdout.write(
    flags.json === true ? ownJson('trend', report, trendSchema) : trendText(report, displayOf(world, flags)),
  );
  if (report.verdicts.some(({ status }) => status === 'crashed')) return 3;
  const found = report.verdicts.filter(({ status }) => status === 'found');
  return exitCodeFor(found, flags.failOn);
}
