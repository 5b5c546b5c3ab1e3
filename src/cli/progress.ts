import type { World } from './terminal.ts';

/** One line on standard error that is rewritten, for people who wait; nothing where nobody watches. */
export interface Progress {
  /** Of steps that come fast: only some of them are shown. */
  show(text: string): void;
  /** Of something that may take long: shown at once. */
  announce(text: string): void;
  clear(): void;
}

/** Milliseconds between two states of the line. */
const pause = 100;

/** A progress line, on a terminal only and never in CI. */
export function progressOf({ stderr, env }: World, quiet: boolean): Progress {
  if (quiet || stderr.isTTY !== true || (env.CI ?? '') !== '')
    return { show: () => {}, announce: () => {}, clear: () => {} };
  const width = (stderr.columns ?? 80) - 1;
  let last = -Infinity;
  let shown = false;
  const announce = (text: string): void => {
    last = performance.now();
    shown = true;
    stderr.write(`\r${text.slice(0, width).padEnd(width)}`);
  };
  return {
    show(text) {
      if (performance.now() - last >= pause) announce(text);
    },
    announce,
    clear() {
      if (shown) stderr.write(`\r${' '.repeat(width)}\r`);
    },
  };
}
