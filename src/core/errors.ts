/**
 * Bad input: the file cannot be read, or the arrays cannot be judged. The message is one sentence that says
 * what was found, what is allowed and what to do. The command line exits with 3.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Wrong usage: an unknown option, loss or value. The command line exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
