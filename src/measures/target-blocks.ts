import { type DerivedMeasure, derived } from '../core/index.ts';
import { blockSide, countChanges } from '../kernels/index.ts';
import { eachPlane } from './_planes.ts';

/** How much more often labels change at the borders of blocks of 8 x 8 pixels than within them. */
export interface BlockChanges {
  /** Changes between neighbours along the rows and columns. */
  readonly changes: number;
  /** Share of them that are by 1, up or down: shades go by small steps, ids by any. */
  readonly ones: number;
  /** Along rows and along columns: changes at the place of a block where there are most, over those at the next. */
  readonly along: readonly [rows: number, columns: number];
  /** The same two: changes at the fifth of the eight places, over those at the second. Enlarged maps have next to none there. */
  readonly inside: readonly [rows: number, columns: number];
}

/** What is left of the blocks in which JPEG stores a picture, in a map of ids. */
export const targetBlocks: DerivedMeasure<BlockChanges> = derived({
  id: 'target-blocks',
  ofTarget: true,
  needs: {},
  compute(_values, source) {
    const [height = 1, width = 1] = source.spatial.slice(-2);
    const [columns, rows] = [new Float64Array(width), new Float64Array(height)];
    let ones = 0;
    eachPlane(source, (values) => {
      ones += countChanges(values, height, width, columns, rows);
    });
    const places = [columns, rows].map(placesOf) as [number[], number[]];
    const over = (a: number, b: number) => places.map((own) => (own[a] ?? 0) / (own[b] ?? 0)) as [number, number];
    const changes = [...columns, ...rows].reduce((a, b) => a + b, 0);
    return { changes, ones: ones / changes, along: over(0, 1), inside: over(4, 1) };
  },
});

/** The usual number of changes at each of the eight places of a block, the most first: straight edges are in few lines, and left out. */
function placesOf(lines: Float64Array): number[] {
  const places = Array.from({ length: blockSide }, (_, place) => {
    const own = [...lines].filter((_line, k) => k > 0 && k % blockSide === place).sort((a, b) => a - b);
    const middle = own.slice(Math.floor(own.length / 4), Math.ceil((3 * own.length) / 4));
    return middle.reduce((a, b) => a + b, 0) / middle.length;
  });
  return places.sort((a, b) => b - a);
}
