import type { OverlapSums } from './overlap.ts';

/** One class score: a class of one image, or of the whole batch. */
export interface Cell {
  readonly channel: number;
  readonly images: readonly number[];
  /** Rows [image * channels + channel] of the overlap sums that it is made of. */
  readonly rows: readonly number[];
  /** Sums over those rows. */
  sum(column: Float64Array): number;
}

/** The class scores of a region loss: per image or over the batch, with or without channel 0. */
export function cells(sums: OverlapSums, batch: boolean, background: boolean): Cell[] {
  return cellGroups(sums, batch, background).flat();
}

/** The same, one list per image, or one for the batch. */
export function cellGroups(sums: OverlapSums, batch: boolean, background: boolean): Cell[][] {
  const { images, channels } = sums;
  const first = background || channels === 1 ? 0 : 1;
  const groups = batch
    ? [Array.from({ length: images }, (_, image) => image)]
    : Array.from({ length: images }, (_, image) => [image]);
  return groups.map((group) =>
    Array.from({ length: channels - first }, (_, k) => {
      const channel = k + first;
      const rows = group.map((image) => image * channels + channel);
      return {
        channel,
        images: group,
        rows,
        sum: (column) => rows.reduce((total, row) => total + (column[row] ?? 0), 0),
      };
    }),
  );
}
