import { type ComparedGroup, compareDialects } from '../comparison.ts';
import { UsageError } from '../core/errors.ts';
import { dialects } from '../dialects/index.ts';
import { withArrays } from '../host/files.ts';
import { termsOf } from '../host/terms.ts';
import { requestOf } from '../options.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { ownJson } from './own-json.ts';
import { dialectsSchema } from './own-schemas.ts';
import { paragraph } from './paragraph.ts';
import { displayOf, type World } from './terminal.ts';

/** `lossprobe dialects <prediction> <target>`: the same loss name under every library, grouped by equal value. */
export async function dialectsCommand(
  world: World,
  prediction: string,
  target: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  if (target === undefined) throw new UsageError(`${prediction} was given without a target; name the mask as well`);
  const { threads, ...options } = await optionsOf(flags);
  const request = requestOf(options);
  const groups = await withArrays(
    [prediction, target],
    ([own, truth], crew) => compareDialects(own, truth, { ...request, crew }),
    termsOf(threads, 'values'),
  );
  world.stdout.write(
    flags.json === true ? ownJson('dialects', groups, dialectsSchema) : table(groups, displayOf(world, flags).width),
  );
  return 0;
}

function table(groups: readonly ComparedGroup[], width: number): string {
  if (groups.length === 0)
    return 'the arrays do not meet pixel by pixel, or no library has the loss: nothing to compare\n';
  const lines: string[] = [];
  let loss = '';
  for (const group of groups) {
    if (group.loss !== loss) lines.push(`${loss === '' ? '' : '\n'}${group.loss}`);
    loss = group.loss;
    lines.push(`\n  ${short(group.value).padEnd(12)}${group.spec}`);
    for (const { dialect, name, because, wrong } of group.members) {
      const title = dialects.find((it) => it.id === dialect)?.title ?? dialect;
      lines.push(paragraph(`${title} ${name}: ${because}`, width, '      ', '    ').trimEnd());
      if (wrong !== null) lines.push(paragraph(`! known to be wrong: ${wrong}`, width, '        ', '      ').trimEnd());
    }
  }
  return `${lines.join('\n')}\n\nvalues that are equal stand together; each loss is taken as the library would, on this very file\n`;
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value).replace('Infinity', 'inf');
}
