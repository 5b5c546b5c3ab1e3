import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import type { StoredNumbers } from '../../src/core/ndarray.ts';
import { fileError } from '../../src/host/file-errors.ts';
import { openFile, readArray, withArrays } from '../../src/host/files.ts';
import { readStandardInput } from '../../src/host/standard-input.ts';
import { encodeNpy } from '../readers/_encode-npy.ts';
import { encodePng } from '../readers/_encode-png.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossprobe-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The message of the InputError that reading gives; one sentence that starts with the path. */
async function refusal(path: string, name = path): Promise<string> {
  const error = await readArray(path).then(
    () => new Error('read without complaint'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw error;
  expect(error.message.startsWith(`${name} `), error.message).toBe(true);
  expect(error.message).toMatch(/^[^\n]+[^\n.]$/);
  return error.message.slice(name.length + 1);
}

const npyFile = encodeNpy({ values: [1.5, -2, 0.25, 4], shape: [2, 2] });
const pngFile = encodePng({ width: 2, height: 2, depth: 8, colourType: 0, samples: [0, 1, 2, 255] });

describe('reading arrays', () => {
  test('an .npy file gives its array', async () => {
    const array = await readArray(file('pred.npy', npyFile));
    expect(array).toMatchObject({ dtype: 'float32', shape: [2, 2], hints: { format: 'npy', container: 'array' } });
    expect([...array.data]).toEqual([1.5, -2, 0.25, 4]);
  });

  test('a .png file gives its stored integers', async () => {
    const array = await readArray(file('mask.png', pngFile));
    expect(array).toMatchObject({ dtype: 'uint8', shape: [2, 2], hints: { format: 'png', container: 'image' } });
    expect([...array.data]).toEqual([0, 1, 2, 255]);
  });

  test('the bytes decide, not the extension, and a link is followed', async () => {
    const path = file('really-a.png', npyFile);
    expect((await readArray(path)).hints.format).toBe('npy');
    symlinkSync(path, join(folder, 'link'));
    expect((await readArray(join(folder, 'link'))).hints.format).toBe('npy');
  });

  test('a format that is not read is refused by name', async () => {
    expect(await refusal(file('m.gif', 'GIF89a\0\0'))).toBe(
      'is a GIF image, which lossprobe does not read yet; save it as PNG, or with numpy.save("m.npy", array)',
    );
  });

  test.skipIf(process.platform !== 'linux')('the file is closed whether it could be read or not', async () => {
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    for (let i = 0; i < 20; i++) {
      await readArray(file('pred.npy', npyFile));
      await refusal(file('cut.npy', npyFile.subarray(0, 130)));
    }
    expect(descriptors()).toBe(before);
  });
});

/** A file of zeros that takes no room on the disk. */
function sparse(name: string, shape: readonly number[]): string {
  const header = encodeNpy({ header: `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},)}` });
  const path = file(name, header);
  truncateSync(path, header.length + 4 * shape.reduce((a, b) => a * b, 1));
  return path;
}

describe('arrays that are left in their files', () => {
  const small = file('small.npy', npyFile);

  test('large ones are, small ones are read', async () => {
    const large = sparse('large.npy', [5, 1024, 1024]);
    await withArrays([large, small], ([left, read]) => {
      expect(left.array).toMatchObject({ dtype: 'float32', shape: [5, 1024, 1024] });
      expect(ArrayBuffer.isView(left.array.data)).toBe(false);
      expect(read.array.data).toEqual(Float32Array.of(1.5, -2, 0.25, 4));
    });
  });

  test('what is wrong with a large file is said before anything is read', async () => {
    const long = sparse('long.npy', [5, 1024, 1024]);
    truncateSync(long, 21_000_000);
    await expect(withArrays([long], () => 0)).rejects.toThrow('bytes after its header, which promises 20,971,520');
    truncateSync(long, 20_000_000);
    await expect(withArrays([long], () => 0)).rejects.toThrow('of the 20,971,520 bytes that its header promises');
  });

  test('a file that becomes shorter while it is looked at is one sentence', async () => {
    const path = sparse('shrinks.npy', [5, 1024, 1024]);
    const look = withArrays([path], ([{ array }]) => {
      truncateSync(path, 1_000_000);
      const numbers = array.data as StoredNumbers;
      numbers.read(4_000_000, 1000, numbers.room(1000), 0);
    });
    await expect(look).rejects.toThrow(
      /^\S+shrinks\.npy gave 0 bytes of 4,000 bytes asked for at byte 16,?000,?\d+; it changed/,
    );
  });

  test.skipIf(process.platform !== 'linux')('the files are closed whatever happens', async () => {
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const large = sparse('large.npy', [5, 1024, 1024]);
    const before = descriptors();
    for (let i = 0; i < 5; i++) {
      await withArrays([large, small], () => expect(descriptors()).toBeGreaterThan(before));
      await expect(withArrays([large, join(folder, 'no.npy')], () => 0)).rejects.toThrow('does not exist');
      const failing = withArrays([large], () => {
        throw new Error('as a rule might');
      });
      await expect(failing).rejects.toThrow('as a rule might');
    }
    expect(descriptors()).toBe(before);
  });
});

describe('what is not a file', () => {
  test('a missing file', async () => {
    expect(await refusal(join(folder, 'no.npy'))).toBe('does not exist; check the path');
    expect(await refusal('no-such.npy')).toBe(`does not exist in ${process.cwd()}; check the path`);
  });

  test('a directory', async () => {
    expect(await refusal(folder)).toBe('is a directory; name one array file in it');
  });

  test('an empty file', async () => {
    expect(await refusal(file('empty.npy', ''))).toBe('is empty (0 bytes); export it again');
  });

  test('a file used as a directory', async () => {
    expect(await refusal(join(file('plain', 'x'), 'pred.npy'))).toContain('below something that is not a directory');
  });

  test.skipIf(process.platform === 'win32')('a named pipe does not make it wait', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect(await refusal(path)).toBe('is a pipe; send it to standard input and write - in its place');
  });

  test.skipIf(process.platform === 'win32')('a device', async () => {
    expect(await refusal('/dev/zero')).toBe('is a device or a socket; name a regular file');
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a file without permission', async () => {
    const path = file('secret.npy', npyFile);
    chmodSync(path, 0);
    expect(await refusal(path)).toContain('for lack of permission');
  });

  test('a path with a line break or a NUL stays on one line', async () => {
    expect(await refusal('a\nb.npy', '"a\\nb.npy"')).toContain('does not exist');
    expect(await refusal('a\0b.npy', '"a\\u0000b.npy"')).toContain('cannot be read');
  });

  test('what the system says becomes a sentence', () => {
    const said = (code: string): string => fileError('x', Object.assign(new Error(code), { code })).message;
    expect(said('EACCES')).toBe(
      'x cannot be opened for lack of permission; let this user read it, for example with chmod +r',
    );
    expect(said('EISDIR')).toBe('x is a directory; name one array file in it');
    expect(said('EIO')).toBe('x cannot be read (EIO); check the file and the disk it is on');
    expect(fileError('x', new RangeError('Array buffer allocation failed')).message).toContain('fit into the memory');
  });
});

describe('bytes by position', () => {
  test('any range is given, clipped to the size', async () => {
    const source = await openFile(file('ten', '0123456789'));
    const read = async (start: number, end: number): Promise<string> =>
      Buffer.from(await source.read(start, end)).toString();
    expect(source.size).toBe(10);
    expect(await read(0, 4)).toBe('0123');
    expect(await read(7, 99)).toBe('789');
    expect(await read(10, 12)).toBe('');
    expect(await read(5, 2)).toBe('');
    await source.close();
  });
});

describe('standard input', () => {
  test('is read to its end, in whatever parts it comes', async () => {
    const parts = [npyFile.subarray(0, 3), npyFile.subarray(3, 100), npyFile.subarray(100)];
    const source = await readStandardInput(Readable.from(parts.map((part) => Buffer.from(part))));
    expect(source).toMatchObject({ name: 'standard input', size: npyFile.length });
    expect(await source.read(0, 999)).toEqual(npyFile);
  });

  test('is what "-" means', async () => {
    const stdin = vi.spyOn(process, 'stdin', 'get');
    stdin.mockReturnValue(Readable.from([Buffer.from(pngFile)]) as unknown as typeof process.stdin);
    expect([...(await readArray('-')).data]).toEqual([0, 1, 2, 255]);
    stdin.mockReturnValue(Readable.from([Buffer.from('hello\n')]) as unknown as typeof process.stdin);
    expect(await refusal('-', 'standard input')).toContain('is plain text');
    stdin.mockRestore();
  });

  test('that is empty, a terminal or broken is refused', async () => {
    await expect(readStandardInput(Readable.from([]))).rejects.toThrow('standard input is empty; "-" can be read once');
    const terminal = Object.assign(Readable.from([]), { isTTY: true });
    await expect(readStandardInput(terminal)).rejects.toThrow('standard input is a terminal');
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('x');
        throw Object.assign(new Error('read'), { code: 'EISDIR' });
      })(),
    );
    await expect(readStandardInput(broken)).rejects.toThrow('standard input is a directory');
  });
});

describe('photographs through sharp', () => {
  const grey = Buffer.from(Array.from({ length: 16 * 8 }, (_, i) => (i % 16) * 16));
  const greyImage = sharp(grey, { raw: { width: 16, height: 8, channels: 1 } }).toColourspace('b-w');
  const colour = (channels: 3 | 4): Sharp =>
    sharp({ create: { width: 16, height: 8, channels, background: { r: 10, g: 200, b: 30, alpha: 0.5 } } });
  const lossy = (format: string, is: boolean): object => ({ format, container: 'image', lossy: is });

  test('a grey JPEG has no channel axis', async () => {
    const array = await readArray(file('g.jpg', await greyImage.clone().jpeg({ quality: 100 }).toBuffer()));
    expect(array).toMatchObject({ dtype: 'uint8', shape: [8, 16], hints: lossy('jpeg', true) });
    expect(Math.max(...[...array.data].map((value, i) => Math.abs(value - (grey[i] ?? 0))))).toBeLessThan(8);
  });

  test('a colour JPEG has three channels, and is not turned by its EXIF orientation', async () => {
    const turned = await colour(3).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await readArray(file('c.jpg', turned))).toMatchObject({ shape: [8, 16, 3], hints: lossy('jpeg', true) });
  });

  test('a four-colour JPEG becomes RGB', async () => {
    const cmyk = await colour(3).toColourspace('cmyk').jpeg().toBuffer();
    expect((await readArray(file('cmyk.jpg', cmyk))).shape).toEqual([8, 16, 3]);
  });

  test('WebP says by its chunks whether it kept the integers', async () => {
    const kept = await readArray(file('l.webp', await colour(3).webp({ lossless: true }).toBuffer()));
    expect(kept).toMatchObject({ shape: [8, 16, 3], hints: lossy('webp', false) });
    expect([...kept.data.subarray(0, 3)]).toEqual([10, 200, 30]);
    const plain = await readArray(file('p.webp', await colour(3).webp().toBuffer()));
    expect(plain).toMatchObject({ shape: [8, 16, 3], hints: lossy('webp', true) });
    const alpha = await readArray(file('a.webp', await colour(4).webp().toBuffer()));
    expect(alpha).toMatchObject({ shape: [8, 16, 4], hints: lossy('webp', true) });
    const tagged = await colour(3).withMetadata({ orientation: 1 }).webp({ lossless: true }).toBuffer();
    expect(await readArray(file('t.webp', tagged))).toMatchObject({ hints: lossy('webp', false) });
  });

  test('damage is refused in one sentence', async () => {
    for (const [name, bytes] of [
      ['cut.jpg', await greyImage.clone().jpeg().toBuffer()],
      ['cut.webp', await colour(3).webp().toBuffer()],
    ] as const) {
      for (let length = 16; length < bytes.length - 7; length += 7) {
        expect(await refusal(file(name, bytes.subarray(0, length)))).toMatch(
          /^cannot be decoded as (jpeg|webp) \(sharp: /,
        );
      }
    }
  });

  test('an animation is refused', async () => {
    const frames = [colour(3), colour(3).negate()].map((frame) => frame.png().toBuffer());
    const animated = await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp()
      .toBuffer();
    expect(await refusal(file('moving.webp', animated))).toBe('has 2 frames; save the one to be judged as PNG');
  });
});
