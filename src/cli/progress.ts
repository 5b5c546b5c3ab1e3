import type { World } from './terminal.ts';

/** One line on standard error that is rewritten, for people who wait; nothing where nobody watches. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

/** Milliseconds between two states of the line. */
const pause = 100;

/** A progress line, on a terminal only and never in CI. */
export function progressOf({ stderr, env }: World, quiet: boolean): Progress {
  if (quiet || stderr.isTTY !== true || (env.CI ?? '') !== '') return { show: () => {}, clear: () => {} };
  const width = (stderr.columns ?? 80) - 1;
  let last = -Infinity;
  let shown = false;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      shown = true;
      stderr.write(`\r${text.slice(0, width).padEnd(width)}`);
    },
    clear() {
      if (shown) stderr.write(`\r${' '.repeat(width)}\r`);
    },
  };
}
