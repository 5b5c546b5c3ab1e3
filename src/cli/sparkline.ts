const bars = '▁▂▃▄▅▆▇█';

/** Numbers that differ by less than this share are drawn flat. */
const flat = 1e-3;

/**
 * Numbers as a row of bars, from the lowest to the highest of them unless a range is given; `?` for what is no number. At most so many, picked evenly, the
 * ends included.
 */
export function sparkline(values: readonly number[], most = 12, range?: readonly [number, number]): string {
  const count = Math.min(most, values.length);
  const picked = Array.from({ length: count }, (_, k) => {
    const at = count === 1 ? 0 : Math.round((k * (values.length - 1)) / (count - 1));
    return values[at] ?? Number.NaN;
  });
  const finite = picked.filter((value) => Number.isFinite(value));
  const [low, high] = range ?? [Math.min(...finite), Math.max(...finite)];
  const isFlat = !(high - low > flat * Math.max(Math.abs(low), Math.abs(high)));
  return picked
    .map((value) => {
      if (!Number.isFinite(value)) return '?';
      return bars[isFlat ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1))];
    })
    .join('');
}
