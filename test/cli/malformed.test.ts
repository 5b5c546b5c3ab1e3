import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { lossprobe, npyBytes, npyHeader, scratchFolder, writeNpy } from './_binary.ts';

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);
const formats = fileURLToPath(new URL('../../fixtures/formats/', import.meta.url));

/** A float32 payload of so many values. */
const zeros = (n: number): Uint8Array => new Uint8Array(4 * n);

/** Damaged or foreign files by name: what is written to them. */
const files: Readonly<Record<string, () => Uint8Array | string>> = {
  'empty.npy': () => '',
  'text.npy': () => 'these are not the arrays you are looking for\n',
  'magic-only.npy': () => new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]),
  'version-9.npy': () => npyBytes(npyHeader('<f4', [2, 2]), zeros(4), 9),
  'short.npy': () => npyBytes(npyHeader('<f4', [3, 8, 8]), zeros(100)),
  'long.npy': () => npyBytes(npyHeader('<f4', [2, 2]), zeros(5)),
  'absurd.npy': () => npyBytes(npyHeader('<f4', [1_000_000_000, 1_000_000_000, 1_000_000_000]), zeros(1)),
  'negative-shape.npy': () => npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 4), }", zeros(4)),
  'fractional-shape.npy': () => npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2.5, 4), }", zeros(10)),
  'no-shape.npy': () => npyBytes("{'descr': '<f4', 'fortran_order': False}", zeros(4)),
  'no-dictionary.npy': () => npyBytes('[1, 2, 3]', zeros(4)),
  'unclosed-header.npy': () => npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2", zeros(4)),
  'object.npy': () => npyBytes(npyHeader('|O', [2]), zeros(4)),
  'complex.npy': () => npyBytes(npyHeader('<c8', [2, 2]), zeros(8)),
  'string.npy': () => npyBytes(npyHeader('<U5', [2]), zeros(10)),
  'structured.npy': () => npyBytes("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }", zeros(4)),
  'zero-d.npy': () => npyBytes(npyHeader('<f4', []), zeros(1)),
  'one-d.npy': () => npyBytes(npyHeader('<f4', [64]), zeros(64)),
  'six-d.npy': () => npyBytes(npyHeader('<f4', [1, 1, 1, 1, 8, 8]), zeros(64)),
  'no-values.npy': () => npyBytes(npyHeader('<f4', [0, 8, 8]), zeros(0)),
  'archive.npz': () => new Uint8Array([0x50, 0x4b, 3, 4, ...new Array<number>(60).fill(0)]),
  'volume.nii': () => {
    const bytes = new Uint8Array(400);
    new DataView(bytes.buffer).setInt32(0, 348, true);
    bytes.set(new TextEncoder().encode('n+1\0'), 344);
    return bytes;
  },
  'packed.nii.gz': () => new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
  'picture.tif': () => new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0]),
  'weights.pt': () => new Uint8Array([0x80, 2, 0x8a, 0x0a, 0x6c]),
  'data.h5': () => new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
  'page.png': () => '<!doctype html><title>404</title>',
  'broken.jpg': () => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5]),
  'truncated.png': () => readFileSync(join(formats, 'png', 'bad_truncated.png')),
  'bad-crc.png': () => readFileSync(join(formats, 'png', 'bad_crc.png')),
  'values.csv': () => '0.1,0.2\n0.3,0.4\n',
};

beforeAll(() => {
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content());
  mkdirSync(at('folder'));
  writeNpy(at('good.npy'), [3, 8, 8], (i) => Math.sin(i));
  writeNpy(at('mask.npy'), [8, 8], (i) => i % 3, 'u1');
  writeNpy(at('other-size.npy'), [9, 7], (i) => i % 3, 'u1');
  writeNpy(at('two-masks.npy'), [2, 8, 8], (i) => i % 3, 'u1');
});

/** One sentence on standard error, nothing on standard output, the right exit code. */
async function refuses(args: readonly string[], exit: number, ...words: readonly string[]): Promise<void> {
  const outcome = await lossprobe(args, { cwd: folder });
  expect(outcome.stdout).toBe('');
  const [line, ...rest] = outcome.stderr.trimEnd().split('\n');
  // Usage errors may be followed by one hint in brackets.
  expect(rest.filter((text) => !text.startsWith('('))).toEqual([]);
  expect(line).toMatch(/^lossprobe: \S/);
  expect(outcome.stderr).not.toMatch(/\bat .*\.js:|node:internal|Error:|undefined|\[object/);
  for (const word of words) expect(line).toContain(word);
  expect(outcome.exit).toBe(exit);
}

describe('a file that cannot be read is refused in one sentence, with exit code 3', () => {
  test.concurrent.each(Object.keys(files))('%s as prediction', async (name) => {
    await refuses([name, 'mask.npy', '--loss', 'ce'], 3, name);
  });

  test.concurrent.each(['empty.npy', 'short.npy', 'truncated.png', 'broken.jpg', 'text.npy'])(
    '%s as target',
    async (name) => {
      await refuses(['good.npy', name], 3, name);
    },
  );

  test('a file that is not there', () => refuses(['missing.npy', 'mask.npy'], 3, 'missing.npy'));
  test('a folder', () => refuses(['folder', 'mask.npy'], 3, 'folder'));
  test('empty standard input', () => refuses(['-', 'mask.npy'], 3, 'standard input'));
});

describe('arrays that no rule can bring together are refused with both shapes, with exit code 3', () => {
  test.concurrent.each([
    ['good.npy', 'other-size.npy', '[3, 8, 8]', '[9, 7]'],
    ['good.npy', 'two-masks.npy', '[3, 8, 8]', '[2, 8, 8]'],
    ['mask.npy', 'other-size.npy', '[8, 8]', '[9, 7]'],
  ])('%s and %s', async (prediction, target, ...shapes) => {
    await refuses([prediction, target], 3, ...shapes);
  });
});

describe('wrong usage is refused in one sentence that says what is allowed, with exit code 2', () => {
  test.concurrent.each([
    [['good.npy'], 'target'],
    [[], 'prediction'],
    [['good.npy', 'mask.npy', '--lose', 'ce'], '--lose'],
    [['good.npy', 'mask.npy', 'more.npy'], 'argument'],
    [['good.npy', 'mask.npy', '--loss', 'crossentropy'], 'weighted-ce'],
    [['good.npy', 'mask.npy', '--loss', 'dice:smoth=1'], 'smooth'],
    [['good.npy', 'mask.npy', '--loss', 'focal:gamma=two'], 'gamma'],
    [['good.npy', 'mask.npy', '--loss', 'focal:gamma=-1'], 'gamma'],
    [['good.npy', 'mask.npy', '--loss', 'ce:from=scores'], 'logits'],
    [['good.npy', 'mask.npy', '--loss', 'dice + '], 'a term is missing'],
    [['good.npy', 'mask.npy', '--loss', 'x*dice + ce'], '"x" is not a number'],
    [['good.npy', 'mask.npy', '--reported', 'about one'], '--reported'],
    [['good.npy', 'mask.npy', '--reported', '=0.5'], 'no name'],
    [['identify'], '--reported'],
    [['identify', 'good.npy'], 'target'],
    [['identify', 'good.npy', 'mask.npy'], '--reported'],
    [['identify', 'good.npy', 'mask.npy', '--reported', '1', '--log', 'run.csv'], '--log'],
    [['identify', '--reported', '1', '--reported', '2'], 'one number'],
    [['identify', '--reported', '1', '--classes', '1'], '--classes'],
    [['identify', '--reported', '1', '--foreground', '150%'], '--foreground'],
    [['good.npy', 'mask.npy', '--ignore-index', 'void'], '--ignore-index'],
    [['good.npy', 'mask.npy', '--layout', 'CWHN'], 'NCHW'],
    [['good.npy', 'mask.npy', '--activation', 'relu'], 'softmax'],
    [['good.npy', 'mask.npy', '--classes', '0'], '--classes'],
    [['good.npy', 'mask.npy', '--weights', 'heavy'], 'balanced'],
    [['good.npy', 'mask.npy', '--weights', '1,x,3'], '--weights'],
    [['good.npy', 'mask.npy', '--spacing', '0,1'], '--spacing'],
    [['good.npy', 'mask.npy', '--spacing', '1'], 'one number per axis'],
    [['good.npy', 'mask.npy', '--dialect', 'no-such-library'], 'is not one of'],
    [['good.npy', 'mask.npy', '--baseline', 'no-such-loss=3'], '--baseline "no-such-loss": there is no loss'],
    [['descend', 'good.npy', 'mask.npy', '--steps', 'many'], '"many" is not a number'],
    [['good.npy', 'mask.npy', '--threads', '0'], 'whole number from 1'],
    [['good.npy', 'mask.npy', '--threads', 'two'], '--threads'],
    [['good.npy', 'mask.npy', '--fail-on', 'always'], 'never'],
    [['good.npy', 'mask.npy', '--reporter', 'fax'], 'terminal'],
    [['good.npy', 'mask.npy', '--disable', 'no-such-rule'], 'no-such-rule'],
    [['good.npy', 'mask.npy', '--json', '--reporter', 'terminal'], 'reporter'],
    [['explain', 'no-such-thing'], 'no-such-thing'],
    [['demo', 'no-such-case'], '--list'],
  ] as const)('%j', async (args, word) => {
    await refuses(args, 2, word);
  });
});
