import { describe, expect, test } from 'vitest';
import { addSigned, markMembers, signSquares } from '../../src/kernels/index.ts';
import { MaskRoom } from '../../src/measures/_mask-room.ts';
import { agree, evaluate, type Picture } from '../_arrays.ts';
import { arrayOf, inputOf, reference } from '../losses/_reference.ts';

/** The signed map of one class. */
function signed(labels: Int32Array, shape: readonly number[], channel: number, ring: number): Float64Array {
  const [picture, squares, out] = [0, 1, 2].map(() => new Float64Array(labels.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const room = new MaskRoom('double', shape, null);
  markMembers(labels, channel, picture);
  room.squares(picture, squares);
  signSquares(squares, room.members, squares);
  addSigned(squares, labels, ring, 1, out, labels.length);
  return out;
}

describe('the signed distance map of the reference', () => {
  const rows = reference.maps.filter(({ map }) => map === 'signed_distance');

  test.each(rows)('on $input, $convention', async ({ input, convention, sum, max, min, head }) => {
    const { mask_shape: shape, classes } = inputOf(input);
    const mask = await arrayOf(input, 'mask');
    const labels = Int32Array.from(mask.data);
    const channels = classes === 1 ? [1] : Array.from({ length: classes }, (_, c) => c);
    const map = channels.flatMap((c) => [...signed(labels, shape, c, convention === 'kervadec' ? 1 : 0)]);
    const total = map.reduce((a, b) => a + b, 0);
    expect(agree(total, sum, 1e-12), `${total} not ${sum}`).toBe(true);
    expect(agree(Math.max(...map), max, 1e-12)).toBe(true);
    expect(agree(Math.min(...map), min ?? Number.NaN, 1e-12)).toBe(true);
    for (const [k, value] of head.entries()) expect(agree(map[k] ?? Number.NaN, value, 1e-12)).toBe(true);
  });
});

describe('a signed distance', () => {
  test('is 0 or -1 on the inner ring and grows away from it', () => {
    expect([...signed(Int32Array.of(0, 0, 1, 1, 1, 0), [6], 1, 1)]).toEqual([2, 1, 0, -1, 0, 1]);
    expect([...signed(Int32Array.of(0, 0, 1, 1, 1, 0), [6], 1, 0)]).toEqual([2, 1, -1, -2, -1, 1]);
  });

  test('is 0 everywhere for a class that is absent or fills the image', () => {
    expect([...signed(Int32Array.of(0, 0, 0), [3], 1, 1)]).toEqual([0, 0, 0]);
    expect([...signed(Int32Array.of(1, 1, 1), [3], 1, 1)]).toEqual([0, 0, 0]);
  });

  test('takes an ignored pixel for the other side and leaves it at 0', () => {
    expect([...signed(Int32Array.of(1, 1, 1, -1, 0), [5], 1, 0)]).toEqual([-3, -2, -1, 0, 2]);
  });
});

const row: Picture = {
  prediction: [0.9, 0.2, 0.6, 0.1],
  target: [1, 1, 0, 0],
  spatial: [1, 4],
  channels: 1,
  activation: 'sigmoid',
};

describe('losses over distances by hand', () => {
  test('boundary', () => {
    // phi is -1, 0, 1, 2.
    expect(evaluate(row, 'boundary').value).toBeCloseTo((-0.9 + 0.6 + 0.2) / 4, 14);
    expect(evaluate(row, 'boundary:map=symmetric').value).toBeCloseTo((-1.8 - 0.2 + 0.6 + 0.2) / 4, 14);
    expect(evaluate({ ...row, spacing: [1, 2] }, 'boundary:map=symmetric,spacing=true').value).toBeCloseTo(
      (-1.8 - 0.2 + 0.6 + 0.2) / 2,
      14,
    );
    expect(evaluate(row, 'boundary').lowerBound).toBeCloseTo(-1 / 4, 14);
  });

  test('hausdorff-dt', () => {
    // Squared distances: 4 1 1 4 of the target, 1 1 1 1 of the decisions 1 0 1 0.
    const errors = [0.01 * 5, 0.64 * 2, 0.36 * 2, 0.01 * 5];
    const mean = errors.reduce((a, b) => a + b, 0) / 4;
    expect(evaluate(row, 'hausdorff-dt').value).toBeCloseTo(mean, 14);
    expect(evaluate(row, 'hausdorff-dt:form=log').value).toBeCloseTo(Math.log1p(mean), 14);
  });

  test('masks without an edge count as the guard says', () => {
    const full = { ...row, target: [1, 1, 1, 1], prediction: [0.4, 0.4, 0.4, 0.4] };
    const error = 0.36;
    expect(evaluate(full, 'hausdorff-dt').value).toBe(0);
    // Behind a leading axis of length 1: 1 + j^2 for the full target; the empty decision is guarded.
    expect(evaluate(full, 'hausdorff-dt:guard=empty').value).toBeCloseTo((error * (1 + 2 + 5 + 10)) / 4, 14);
    // Without it: (i + 1)^2 + j^2, for both.
    expect(evaluate(full, 'hausdorff-dt:guard=none').value).toBeCloseTo((2 * error * (1 + 2 + 5 + 10)) / 4, 14);
  });
});
