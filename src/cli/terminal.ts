import type { Display } from '../core/index.ts';

/** What the program needs of the process it runs in; tests hand in their own. */
export interface World {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Told that the code of a command has been loaded. */
  readonly onLoaded?: () => void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** How standard output is to be written to: width and colour follow the terminal, flags and NO_COLOR, FORCE_COLOR, COLUMNS. */
export function displayOf(
  { env, stdout }: World,
  flags: { readonly color?: boolean; readonly verbose?: boolean; readonly quiet?: boolean },
): Display {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const refused = (env.NO_COLOR ?? '') !== '' || env.FORCE_COLOR === '0' || env.TERM === 'dumb';
  const columns = stdout.columns ?? Number(env.COLUMNS);
  return {
    width: Number.isInteger(columns) && columns > 0 ? columns : 80,
    colour: flags.color !== false && (forced || (!refused && stdout.isTTY === true)),
    verbose: flags.verbose === true,
    quiet: flags.quiet === true,
  };
}
