import { Chalk } from 'chalk';
import type { Severity } from '../core/report.ts';
import type { Display } from '../core/reporter.ts';

/** Colours a text; without colour it returns the text as it is. Colour repeats what the marks say, never more. */
export type Ink = (text: string) => string;

/** How loud a line is: a severity, that all is well, or that no answer could be given. */
export type Tone = Severity | 'clear' | 'unknown';

/** What every section of the screen has to know. */
export interface Page {
  /** No line is wider. */
  readonly width: number;
  /** Where sentences are broken: long lines are hard to read, even where there is room. */
  readonly prose: number;
  readonly verbose: boolean;
  readonly tones: Readonly<Record<Tone, Ink>>;
  readonly strong: Ink;
  readonly faint: Ink;
}

/** The sign in front of a headline. */
export const marks: Readonly<Record<Tone, string>> = { error: 'x', warning: '!', note: 'i', clear: 'ok', unknown: '?' };

const narrowest = 40;

/** The page for a display. A terminal narrower than 40 columns gets 40. */
export function pageFor(display: Display): Page {
  const chalk = new Chalk({ level: display.colour ? 1 : 0 });
  const width = Number.isFinite(display.width) ? Math.max(narrowest, Math.floor(display.width)) : 80;
  return {
    width,
    prose: Math.min(width, 100),
    verbose: display.verbose,
    tones: {
      error: (text) => chalk.red.bold(text),
      warning: (text) => chalk.yellow.bold(text),
      note: (text) => chalk.cyan(text),
      clear: (text) => chalk.green.bold(text),
      unknown: (text) => chalk.magenta.bold(text),
    },
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
  };
}
