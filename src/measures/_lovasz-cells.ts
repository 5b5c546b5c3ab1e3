import type { TargetTotals } from '../core/index.ts';

/** One ranking: channels of an image or of the batch. */
export interface LovaszCell {
  readonly group: number;
  readonly images: readonly number[];
  readonly channels: readonly number[];
  /** sum g over the valid pixels. */
  readonly members: number;
  /** Worked out when read: classes that do not count are not ranked. */
  readonly value: number;
}

/** Images that are ranked together. */
export function groupsOf(images: number, perImage: boolean): number[][] {
  const all = Array.from({ length: images }, (_, image) => image);
  return perImage ? all.map((image) => [image]) : [all];
}

/** The rankings of every group: one of all channels together, or one each. */
export function cellsOf(
  groups: readonly (readonly number[])[],
  { channels, sum, restSum }: TargetTotals,
  joined: boolean,
  worth: (cell: LovaszCell) => number,
): LovaszCell[] {
  const every = Array.from({ length: channels }, (_, c) => c);
  return groups.flatMap((images, group) =>
    (joined ? [every] : every.map((c) => [c])).map((own) => {
      const rows = images.flatMap((image) => own.map((c) => image * channels + c));
      const members = rows.reduce((all, row) => all + (sum[row] ?? 0) + (restSum[row] ?? 0), 0);
      return {
        group,
        images,
        channels: own,
        members,
        get value(): number {
          return worth(this);
        },
      };
    }),
  );
}

/** The Lovasz extension of errors that many pixels share. */
export function sidesValue(
  sides: readonly { readonly error: number; readonly hits: number; readonly others: number }[],
  members: number,
): number {
  const ranked = sides.filter(({ hits, others }) => hits + others > 0).sort((a, b) => b.error - a.error);
  let [hit, rest, before, value] = [0, 0, 0, 0];
  for (const { error, hits, others } of ranked) {
    hit += hits;
    rest += others;
    const jaccard = 1 - (members - hit) / (members + rest);
    value += error * (jaccard - before);
    before = jaccard;
  }
  return value;
}
