import type { Situation } from './situations.ts';

/** Numbers the connected pieces of the foreground, all through the batch. */
export function instances(s: Situation): Int32Array {
  const numbers = new Int32Array(s.ids.length);
  const width = s.shape.at(-1) ?? 1;
  let next = 0;
  for (let start = 0; start < numbers.length; start++) {
    if (s.ids[start] === 0 || numbers[start] !== 0) continue;
    const [image, waiting] = [Math.floor(start / s.pixels), [start]];
    numbers[start] = ++next;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const beside = [
        at - width,
        at + width,
        ...(at % width > 0 ? [at - 1] : []),
        ...((at + 1) % width > 0 ? [at + 1] : []),
      ];
      for (const other of beside) {
        if (Math.floor(other / s.pixels) !== image || s.ids[other] !== 1 || numbers[other] !== 0) continue;
        numbers[other] = next;
        waiting.push(other);
      }
    }
  }
  return numbers;
}
