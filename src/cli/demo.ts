import { promises } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/errors.ts';
import { diagnoseFiles } from '../from-files.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { writeReport } from './output.ts';
import { paragraph } from './paragraph.ts';
import { program } from './program.ts';
import { displayOf, type World } from './terminal.ts';

/** A shipped case, as its case.json describes it. */
interface DemoCase {
  readonly title: string;
  readonly story: string;
  readonly prediction: string;
  readonly target: string;
  readonly args: readonly string[];
  readonly cause: readonly string[];
  readonly learn: string;
  readonly twin?: string;
}

/** What `lossprobe demo` shows when no case is named. */
const favourite = 'double-softmax';

const folder = fileURLToPath(new URL('../../fixtures/cases/', import.meta.url));

/** `lossprobe demo [name]`: the main job on inputs shipped in the package. It always exits with 0: it is a demonstration. */
export async function demoCommand(
  world: World,
  name: string | undefined,
  flags: Flags & { readonly list?: boolean },
): Promise<ExitCode> {
  const names = await caseNames();
  if (flags.list === true) {
    for (const it of names) world.stdout.write(`${it.padEnd(34)} ${(await readCase(it)).title}\n`);
    return 0;
  }
  const chosen = name ?? favourite;
  if (!names.includes(chosen)) {
    throw new UsageError(`there is no demo "${chosen}"; lossprobe demo --list names all ${names.length}`);
  }
  const demo = await readCase(chosen);
  const here = (path: string): string => relative(process.cwd(), join(folder, chosen, path)) || path;
  const [prediction, target] = [here(demo.prediction), here(demo.target)];
  const { width } = displayOf(world, flags);
  if (flags.json !== true) {
    world.stdout.write(
      `${paragraph(demo.story, width, '', '')}\n$ lossprobe ${[prediction, target, ...demo.args].join(' ')}\n\n`,
    );
  }
  const report = await diagnoseFiles(prediction, target, await optionsOf(parsedFlags(world, demo.args)));
  await writeReport(world, report, flags);
  if (flags.json !== true) {
    const twin = demo.twin === undefined ? '' : ` The same without the defect: lossprobe demo ${demo.twin}.`;
    const closing = `${demo.learn}${twin} More cases: lossprobe demo --list`;
    world.stdout.write(`\n${paragraph(closing, width, '', '')}`);
  }
  return 0;
}

async function caseNames(): Promise<string[]> {
  const entries = await promises.readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readCase(name: string): Promise<DemoCase> {
  return JSON.parse(
    await promises.readFile(join(dirname(join(folder, name, 'case.json')), 'case.json'), 'utf8'),
  ) as DemoCase;
}

/** The flags of a case, read as the command line reads them. */
function parsedFlags(world: World, args: readonly string[]): Flags {
  const command = program(world, { exitCode: 0 }).commands.find((it) => it.name() === 'diagnose');
  command?.exitOverride().parseOptions([...args]);
  return (command?.opts() ?? {}) as Flags;
}
