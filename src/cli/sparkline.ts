const bars = '▁▂▃▄▅▆▇█';

/** Numbers as a row of bars, the lowest of them all at the bottom; `?` for what is no number. At most so many, picked evenly, the ends included. */
export function sparkline(values: readonly number[], most = 12): string {
  const count = Math.min(most, values.length);
  const picked = Array.from({ length: count }, (_, k) => {
    const at = count === 1 ? 0 : Math.round((k * (values.length - 1)) / (count - 1));
    return values[at] ?? Number.NaN;
  });
  const finite = picked.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return picked
    .map((value) => {
      if (!Number.isFinite(value)) return '?';
      const level = high === low ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1));
      return bars[level];
    })
    .join('');
}
