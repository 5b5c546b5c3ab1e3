import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The binary that users run, on the built code. */
const binary: string = fileURLToPath(new URL('../../bin/lossprobe.js', import.meta.url));

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the binary as a process of its own; `input` goes to its standard input, which is closed otherwise. */
export function lossprobe(
  args: readonly string[],
  options: { cwd?: string; env?: object; input?: Uint8Array } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [binary, ...args],
      {
        timeout: 20_000,
        maxBuffer: 1 << 26,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        env: { ...process.env, NO_COLOR: '1', COLUMNS: '80', ...options.env },
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exit: code, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}

/** A folder of its own under the system's temporary folder. */
export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lossprobe-'));
}

/** The bytes of a version 1.0 .npy file with any header text and payload. */
export function npyBytes(header: string, payload: Uint8Array, version = 1): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const padded = `${header}${' '.repeat((64 - ((start + header.length + 1) % 64)) % 64)}\n`;
  const bytes = new Uint8Array(start + padded.length + payload.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, padded.length, true);
  else view.setUint32(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), start);
  bytes.set(payload, start + padded.length);
  return bytes;
}

/** The header of an array as numpy writes it. */
export function npyHeader(descr: string, shape: readonly number[]): string {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  return `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`;
}

/** Writes an array of float32 (or uint8) values of a shape to a file and returns its path. */
export function writeNpy(
  path: string,
  shape: readonly number[],
  value: (i: number) => number,
  dtype: 'f4' | 'u1' = 'f4',
): string {
  const size = shape.reduce((a, b) => a * b, 1);
  const data =
    dtype === 'f4'
      ? Float32Array.from({ length: size }, (_, i) => value(i))
      : Uint8Array.from({ length: size }, (_, i) => value(i));
  const bytes = npyBytes(npyHeader(dtype === 'f4' ? '<f4' : '|u1', shape), new Uint8Array(data.buffer));
  writeFileSync(path, bytes);
  return path;
}
