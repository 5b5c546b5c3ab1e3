import type { Notice } from '../core/index.ts';
import * as questions from '../questions/index.ts';
import { brief, type Circumstances, counted, finding } from './_finding.ts';

/** What is odd about the mask and about the files beside it. */
export function fileFindings({ set, angles }: Circumstances): Notice[] {
  const out: Notice[] = [];
  const { dims, names, prototypes } = set;
  const top = names.at(-1) ?? 0;
  if (top === 255 && (names.at(-2) ?? 0) < 254) {
    const pixels = set.labels.reduce((n, row) => n + (names[row] === 255 ? 1 : 0), 0);
    out.push(
      finding(
        questions.undeclaredIgnoreLabel,
        'warning',
        `${counted(pixels, 'pixel')} ${pixels === 1 ? 'has' : 'have'} label 255 and the next lower label is ${names.at(-2) ?? 'none'}; class ids have no such ` +
          'gap, and 255 usually means not labelled: add --ignore-index 255.',
        [{ label: 'pixels labelled 255', value: pixels }],
      ),
    );
  }
  const flat = names.filter((_, row) => prototypes.subarray(row * dims, (row + 1) * dims).every((w) => w === 0));
  if (flat.length > 0) {
    out.push(
      finding(
        questions.zeroClassVectors,
        'error',
        `the vector of class ${flat.join(', ')} is 0 in every component; a cosine needs a length above 0: give the trained class ` +
          'matrix, not a freshly allocated one.',
        [{ label: 'class vectors of length 0', value: flat.length, limit: 0 }],
      ),
    );
  }
  const rated = angles.count.reduce((a, b) => a + b, 0);
  const astray = angles.astray.reduce((a, b) => a + b, 0) / rated;
  const chance = 1 - 1 / names.length;
  if (set.prototypesFrom === 'file' && names.length > 1 && astray > chance) {
    out.push(
      finding(
        questions.strangeClassVectors,
        'warning',
        `${brief(100 * astray)} % of ${counted(rated, 'pixel')} are nearer to the vector of another class, and guessing among ` +
          `${names.length} classes gets ${brief(100 * chance)} % wrong; trained features are nearest to their own: check that matrix and ` +
          'features come from the same step, and the order of the classes.',
        [{ label: 'share astray, %', value: 100 * astray, limit: 100 * chance }],
      ),
    );
  }
  const wrong = mislabelled(set.triplets, set.labels);
  if (wrong > 0) {
    const share = (300 * wrong) / (set.triplets?.length ?? 1);
    out.push(
      finding(
        questions.tripletsAgainstMask,
        'error',
        `in ${counted(wrong, 'triplet')} (${brief(share)} %) the positive is of another class than the anchor, or the negative of ` +
          'the same; a triplet is anchor, positive, negative in this order, as flat indices into the mask: check the order of ' +
          'the columns and of the axes.',
        [{ label: 'triplets against the mask', value: wrong, limit: 0 }],
      ),
    );
  }
  if (set.dropped > 0) {
    out.push(
      finding(
        questions.ignoredTuples,
        'warning',
        `${counted(set.dropped, 'triplet or pair')} of the file name an ignored pixel and were left out; only labelled pixels can ` +
          'be compared: mine them after masking.',
        [{ label: 'left out', value: set.dropped, limit: 0 }],
      ),
    );
  }
  return out;
}

function mislabelled(triplets: Int32Array | null, labels: Int32Array): number {
  let wrong = 0;
  for (let t = 0; triplets !== null && t < triplets.length; t += 3) {
    const [a, p, n] = [0, 1, 2].map((k) => labels[triplets[t + k] ?? 0]);
    if (a !== p || a === n) wrong++;
  }
  return wrong;
}
