import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { root } from '../_sources.ts';
import { encodeNpy } from '../readers/_encode-npy.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossprobe-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

const size = 128 * 2 ** 20;
const room = statfsSync(folder);

/** Most that such a run may hold, in MB: measured 87, of which Node and the program are 78. */
const allowed = 112;

/** What a second thread may hold besides: measured 25. */
const perHelper = 48;

/** Takes two losses that keep nothing per pixel, and prints the most memory that the process ever held, in KB. */
const program = `
  import { readFileSync } from 'node:fs';
  import { diagnoseFiles } from './dist/node.js';
  const [prediction, target, threads] = process.argv.slice(1);
  await diagnoseFiles(prediction, target, {
    loss: ['ce', 'dice'], table: 'none', rules: ['negative-target'], threads: Number(threads),
  });
  console.log(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
`;

test.skipIf(process.platform !== 'linux' || room.bavail * room.bsize < 2 * size).each([
  ['channels first', [16, 1024, 2048], 1],
  ['channels last', [1024, 2048, 16], 1],
  ['channels first, by two threads', [16, 1024, 2048], 2],
] as const)(
  'a prediction of 128 MB is judged without being held, %s',
  async (_, shape, threads) => {
    const prediction = join(folder, 'pred.npy');
    const header = encodeNpy({ header: `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')})}` });
    writeFileSync(prediction, header);
    truncateSync(prediction, header.length + size);
    const target = join(folder, 'mask.npy');
    const mask = encodeNpy({ header: `{'descr': '|u1', 'fortran_order': False, 'shape': (1024, 2048)}` });
    writeFileSync(
      target,
      Buffer.concat([mask, Uint8Array.from({ length: 1024 * 2048 }, (_value, i) => (i >> 17) % 5)]),
    );
    const run = ['--input-type=module', '-e', program, prediction, target, `${threads}`];
    const { stdout } = await promisify(execFile)(process.execPath, run, { cwd: root });
    expect(Number(stdout) / 1024).toBeLessThan(allowed + (threads - 1) * perHelper);
  },
  60_000,
);
