/** Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 could not judge. */
export type ExitCode = 0 | 1 | 2 | 3;
