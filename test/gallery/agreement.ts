/** How well a network's decisions agree with labels: what the rules on geometry and class order go by, taken here by other means. */
import { probabilities } from './drafts.ts';
import type { Situation } from './situations.ts';

/** The winning class of every pixel, image by image; for one channel whether p is above 1/2. */
export function decisions(s: Situation): Uint8Array {
  const p = probabilities(s);
  const out = new Uint8Array(s.ids.length);
  for (let at = 0; at < out.length; at++) {
    const first = Math.floor(at / s.pixels) * s.channels * s.pixels + (at % s.pixels);
    if (s.channels === 1) {
      out[at] = (p[first] ?? 0) > 0.5 ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let c = 1; c < s.channels; c++)
      if ((p[first + c * s.pixels] ?? 0) > (p[first + best * s.pixels] ?? 0)) best = c;
    out[at] = best;
  }
  return out;
}

/** Cohen's kappa of decisions against labels; labels without a class are left out. */
function kappa(decided: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  const [rows, columns] = [new Float64Array(classes), new Float64Array(classes)];
  let [agreed, all] = [0, 0];
  for (let at = 0; at < labels.length; at++) {
    const [is, said] = [labels[at] ?? -1, decided[at] ?? 0];
    if (!(is >= 0 && is < classes)) continue;
    all++;
    if (is === said) agreed++;
    rows[is] = (rows[is] ?? 0) + 1;
    columns[said] = (columns[said] ?? 0) + 1;
  }
  const chance = rows.reduce((sum, n, id) => sum + (n / all) * ((columns[id] ?? 0) / all), 0);
  return (agreed / all - chance) / (1 - chance);
}

/**
 * True where the network sees well enough, and the defect changes enough, for anyone to tell: a kappa of 0.45 without it and so
 * much less with it. The rules ask for 0.4, and for gains of 0.2 (0.05 for a shift).
 */
export function shows(
  s: Situation,
  broken: { readonly labels?: ArrayLike<number>; readonly decided?: ArrayLike<number> },
  loss = 0.25,
): boolean {
  const decided = decisions(s);
  const labels = Int16Array.from(s.ids, (id, at) => (s.unlabelled?.[at] === 1 ? -1 : id));
  const before = kappa(decided, labels, s.classes);
  const after = kappa(broken.decided ?? decided, broken.labels ?? labels, s.classes);
  return before >= 0.45 && before - after >= loss;
}
