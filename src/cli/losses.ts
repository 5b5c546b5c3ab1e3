import { UsageError } from '../core/errors.ts';
import { diagnoseFiles } from '../from-files.ts';
import { losses } from '../losses/index.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { checkReporters, writeReport } from './output.ts';
import { ownJson } from './own-json.ts';
import { type CatalogueRow, catalogueSchema } from './own-schemas.ts';
import { progressOf } from './progress.ts';
import type { World } from './terminal.ts';

/** `lossprobe losses`: the catalogue; with arrays, the value of every loss, or of those named with --loss. */
export async function lossesCommand(
  world: World,
  prediction: string | undefined,
  target: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  if (prediction === undefined) {
    world.stdout.write(flags.json === true ? catalogueJson() : catalogue());
    return 0;
  }
  if (target === undefined) throw new UsageError(`${prediction} was given without a target; name the mask as well`);
  checkReporters(flags);
  const named = (flags.loss ?? []).length > 0;
  const progress = progressOf(world, flags.quiet === true);
  const report = await diagnoseFiles(prediction, target, {
    ...(await optionsOf(flags)),
    rules: [],
    table: named ? 'none' : 'all',
    onLoss: ({ loss, done }) => progress.announce(`taking ${loss}: ${Math.floor(100 * done)} % of the losses`),
  }).finally(() => progress.clear());
  await writeReport(world, report, flags, true);
  return 0;
}

function catalogueJson(): string {
  const rows = losses.map(({ options, ...loss }): CatalogueRow => ({ ...loss, options: Object.keys(options) }));
  return ownJson('losses', rows, catalogueSchema);
}

function catalogue(): string {
  const lines = losses.map((loss) => {
    const options = Object.keys(loss.options).join(', ') || 'no options';
    return `${loss.id.padEnd(12)} ${loss.title}\n${''.padEnd(13)}${loss.formula}\n${''.padEnd(13)}takes ${loss.from}; ${options}\n`;
  });
  return `${lines.join('\n')}\nlossprobe explain <loss> says more; lossprobe losses <prediction> <target> takes them all\n`;
}
