import { expect, test } from 'vitest';
import { widenHalf } from '../../src/kernels/scalar/half.ts';

/** The same number through the bits of binary32; the place of the exponent is the only difference. */
function byBits(code: number): number {
  const view = new DataView(new ArrayBuffer(4));
  const sign = (code & 0x8000) << 16;
  const exponent = (code >> 10) & 31;
  const fraction = code & 1023;
  if (exponent === 0) {
    const lowered = fraction / 2 ** 24;
    return sign ? -lowered : lowered;
  }
  view.setUint32(0, (sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13)) >>> 0);
  return view.getFloat32(0);
}

test('all 65,536 float16 codes become the number they stand for', () => {
  const codes = Uint16Array.from({ length: 65536 }, (_, code) => code);
  const values = new Float32Array(65536);
  widenHalf(codes, values);
  const wrong = [...codes].filter((code) => !Object.is(values[code], byBits(code)));
  expect(wrong).toEqual([]);
});

test('known float16 codes have their known values', () => {
  const codes = [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00];
  const values = new Float32Array(codes.length);
  widenHalf(Uint16Array.from(codes), values);
  expect([...values]).toEqual([1, -2, 65504, 2 ** -14, 2 ** -24, -0, Infinity, -Infinity, Number.NaN]);
});
