import { expect, test } from 'vitest';
import { describeRefused } from '../../src/readers/_refused.ts';

/** The head of a file: text by offset, zeros between. */
function head(...pieces: [at: number, text: string][]): Uint8Array {
  const bytes = new Uint8Array(512);
  for (const [at, text] of pieces) bytes.set(Buffer.from(text, 'latin1'), at);
  return bytes;
}

function zipOf(member: string): Uint8Array {
  return head([0, 'PK\x03\x04'], [26, String.fromCharCode(member.length)], [30, member]);
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

test.each<[string, Uint8Array, string]>([
  ['batch.npz', zipOf('logits.npy'), 'a zip archive of arrays (.npz)'],
  ['batch', zipOf('sub/target.npy'), 'a zip archive of arrays (.npz)'],
  ['empty.npz', head([0, 'PK\x05\x06']), 'a zip archive of arrays (.npz)'],
  ['a.docx', zipOf('[Content_Types].xml'), 'a zip archive, '],
  ['tensor.pt', zipOf('tensor/data.pkl'), 'a PyTorch file'],
  ['tensor.bin', zipOf('archive/data.pkl'), 'a PyTorch file'],
  ['model.pth', zipOf('archive/version'), 'a PyTorch file'],
  ['legacy.pt', head([0, '\x80\x02\x8a\x0al\xfc\x9cF\xf9']), 'a PyTorch file in the legacy format'],
  ['x.pkl', head([0, '\x80\x04\x95']), 'a Python pickle'],
  ['x.safetensors', head([0, 'H\x01\0\0\0\0\0\0{"logits":']), 'a safetensors file'],
  ['ct.nii.gz', head([0, '\x1f\x8b\x08']), 'a compressed NIfTI volume'],
  ['pred.npy.gz', head([0, '\x1f\x8b\x08']), 'gzip-compressed data'],
  ['ct.nii', head([0, '\x5c\x01\0\0'], [344, 'n+1\0']), 'a NIfTI volume'],
  ['ct.img', head([344, 'ni1\0']), 'a NIfTI volume'],
  ['ct.nii', head([0, '\x1c\x02\0\0n+2\0']), 'a NIfTI-2 volume'],
  ['slice.dcm', head([128, 'DICM']), 'a DICOM file'],
  ['slice.dcm', head([0, '\x08\0\x05\0']), 'a DICOM file without its preamble'],
  ['v.nrrd', head([0, 'NRRD0004\n']), 'an NRRD volume'],
  ['v.mha', text('ObjectType = Image\nNDims = 3\n'), 'a MetaImage volume'],
  ['v.mhd', text('NDims=3\n'), 'a MetaImage volume'],
  ['v.mat', head([0, 'MATLAB 7.3 MAT-file, Platform: GLNXA64']), 'a MATLAB v7.3 file'],
  ['v.mat', head([0, 'MATLAB 5.0 MAT-file, Platform: GLNXA64']), 'a MATLAB v5 file'],
  ['v.h5', head([0, '\x89HDF\r\n\x1a\n']), 'an HDF5 file'],
  ['m.tif', head([0, 'II*\0']), 'a TIFF image'],
  ['m.tif', head([0, 'MM\0*']), 'a TIFF image'],
  ['m.tif', head([0, 'II+\0']), 'a BigTIFF image'],
  ['m.gif', head([0, 'GIF89a']), 'a GIF image'],
  ['m.avif', head([4, 'ftypavif']), 'an AVIF image'],
  ['m.heic', head([4, 'ftypheic']), 'a HEIC image'],
  ['m.exr', head([0, 'v/1\x01']), 'an OpenEXR image'],
  ['m.bmp', head([0, 'BMxy\0\0\0\0\0\0']), 'a BMP image'],
  ['m.pgm', head([0, 'P5\n8 8\n255\n']), 'a Netpbm image'],
  ['m.png', head([0, '\x89PNG\n\x1a\n']), 'a PNG image damaged by a copy in text mode; copy'],
  ['paper.pdf', head([0, '%PDF-1.7']), 'a PDF document; name'],
  [
    'pred.npy',
    text('\n<!DOCTYPE html>\n<title>Sign in</title>'),
    'an HTML page, such as a failed download leaves; download',
  ],
  ['pred.npy', text('version https://git-lfs.github.com/spec/v1\noid sha256:0'), 'a Git LFS pointer; fetch'],
  ['m.svg', text('<?xml version="1.0"?>'), 'an XML document'],
  ['rle.json', text('{"size": [29, 37], "counts": [1, 2]}'), 'JSON text'],
  ['list.json', text('[[0, 1],\n [1, 0]]'), 'JSON text'],
  ['m.csv', text('0,1,2\n3,4,5\n'), 'comma-separated text'],
  ['m.txt', text('0 1 2\n3 4 5\n'), 'plain text'],
  ['m.raw', head([3, '\x07']), 'bare bytes without type and shape'],
])('%s is named for what it is: %#', (name, bytes, what) => {
  const message = describeRefused(name, bytes);
  expect(message.startsWith(`${name} is ${what}`), message).toBe(true);
  expect(message).toMatch(/^[^\n]+; [^\n]+[^\n.]$/);
});

test('the message says what to save, under the name at hand', () => {
  expect(describeRefused('out/pred.npz', zipOf('a.npy'))).toBe(
    'out/pred.npz is a zip archive of arrays (.npz), which lossprobe does not read yet; save each array with numpy.save("pred.npy", array)',
  );
  expect(describeRefused('standard input', head([0, 'GIF89a']))).toContain('numpy.save("input.npy", array)');
});

test('bytes of no known format are shown', () => {
  expect(describeRefused('x', Uint8Array.of(0, 1, 0xfe, 9, 9))).toContain(
    'x starts with the bytes 00 01 fe 09, which no known format does; save the array with numpy.save("x.npy", array)',
  );
});
