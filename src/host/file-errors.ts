import { resolve } from 'node:path';
import { InputError } from '../core/errors.ts';

/** A path as it stands in messages: on one line, whatever it contains. */
export function displayName(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : path;
}

/** Turns what the operating system says about a file into one sentence. */
export function fileError(path: string, error: unknown): InputError {
  return new InputError(`${displayName(path)} ${reason(path, error)}`);
}

function reason(path: string, error: unknown): string {
  if (error instanceof RangeError)
    return 'does not fit into the memory that can be had here; give fewer images or a crop';
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'ENOENT':
      return resolve(path) === path
        ? 'does not exist; check the path'
        : `does not exist in ${displayName(process.cwd())}; check the path`;
    case 'EACCES':
    case 'EPERM':
      return 'cannot be opened for lack of permission; let this user read it, for example with chmod +r';
    case 'ENOTDIR':
      return 'lies below something that is not a directory; check the path';
    case 'EISDIR':
      return 'is a directory; name one array file in it';
    default:
      return `cannot be read (${code}); check the file and the disk it is on`;
  }
}
