import { CommanderError } from 'commander';
import { InputError, UsageError } from '../core/errors.ts';
import type { ExitCode } from './exit-code.ts';
import { program } from './program.ts';
import type { World } from './terminal.ts';

/** Runs the command line and says how to exit. Bad input is one sentence on standard error, never a stack trace. */
export async function main(world: World): Promise<ExitCode> {
  const result: { exitCode: ExitCode } = { exitCode: 0 };
  try {
    await program(world, result).parseAsync([...world.argv]);
    return result.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    const known = error instanceof InputError || error instanceof UsageError;
    const text = known
      ? message
      : `something went wrong inside lossprobe: ${message}; please report it with the two files`;
    world.stderr.write(`lossprobe: ${text.replace(/\s*\n\s*/g, ' ')}\n`);
    if (!known && error instanceof Error && world.env.LOSSPROBE_DEBUG) world.stderr.write(`${error.stack}\n`);
    return error instanceof UsageError ? 2 : 3;
  }
}
