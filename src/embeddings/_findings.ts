import type { Notice, Severity } from '../core/index.ts';
import * as questions from '../questions/index.ts';
import { brief, type Circumstances, counted, finding } from './_finding.ts';
import { fileFindings } from './_findings-files.ts';
import { lossFindings } from './_findings-losses.ts';

/** Everything that is wrong, errors first. */
export function findingsOf(circumstances: Circumstances): Notice[] {
  const order: readonly Severity[] = ['error', 'warning', 'note'];
  return [...featureFindings(circumstances), ...fileFindings(circumstances), ...lossFindings(circumstances)].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
}

/** From this share of what guessing gets wrong on, features say nothing of their class. */
const nearChance = 0.9;

/** Below this all class vectors point the same way. */
const collapsedBelow = 1;

function featureFindings({ set, angles, losses }: Circumstances): Notice[] {
  const out: Notice[] = [];
  const { zeros, nonFinite } = angles;
  const of = `of ${counted(set.count, 'valid pixel')}`;
  if (nonFinite > 0) {
    out.push(
      finding(
        questions.nonfiniteFeatures,
        'error',
        `${counted(nonFinite, 'pixel')} ${of} hold NaN or infinity, which makes every mean NaN; features are finite numbers: ` +
          'run the last block in float32 and look for a division by the length of a zero vector.',
        [{ label: 'pixels with NaN or infinity', value: nonFinite, limit: 0 }],
      ),
    );
  }
  if (zeros > 0) {
    const skipping = losses.filter((it) => it.skipped > 0);
    out.push(
      finding(
        questions.zeroFeatures,
        skipping.length > 0 ? 'error' : 'warning',
        `${counted(zeros, 'feature')} ${of} ${zeros === 1 ? 'is' : 'are'} 0 in every component; a cosine needs a length above 0` +
          `${skipping.length > 0 ? `, and ${skipping[0]?.spec.loss.id} is taken without these pixels` : ''}: take the features ` +
          'before the ReLU, or leave padding out with --ignore-index.',
        [{ label: 'features of length 0', value: zeros, limit: 0 }],
      ),
    );
  }
  const present = [...new Set(set.labels)].map((row) => set.names[row] ?? 0);
  if (present.length === 1) {
    out.push(
      finding(
        questions.oneClass,
        'error',
        `all ${counted(set.count, 'valid pixel')} have label ${present[0]}; embedding losses set classes apart and need two or ` +
          'more: take a larger crop or a batch, or check the mask and --ignore-index.',
        [{ label: 'classes in the mask', value: 1, limit: 2 }],
      ),
    );
  }
  const widest = Math.max(...[...angles.nearest].filter((it) => !Number.isNaN(it)), 0) * (180 / Math.PI);
  if (present.length > 1 && set.prototypesFrom === 'class means' && widest < collapsedBelow && nonFinite === 0) {
    out.push(
      finding(
        questions.collapsedFeatures,
        'error',
        `no class mean is further than ${brief(widest)} degrees from its neighbour; trained classes are tens of degrees apart: ` +
          'the features carry a common offset or have collapsed to one point, so centre them, lower the learning rate or ' +
          'start with softmax before the margin.',
        [{ label: 'widest angle to the nearest class, degrees', value: widest, limit: collapsedBelow }],
      ),
    );
  }
  const rated = angles.count.reduce((a, b) => a + b, 0);
  const astray = angles.astray.reduce((a, b) => a + b, 0) / rated;
  const chance = 1 - 1 / present.length;
  if (present.length > 1 && set.prototypesFrom === 'class means' && astray >= nearChance * chance) {
    out.push(
      finding(
        questions.classesNotSeparated,
        'warning',
        `${brief(100 * astray)} % of ${counted(rated, 'pixel')} are nearer to the mean of another class, and guessing among ` +
          `${present.length} classes gets ${brief(100 * chance)} % wrong; features that were trained on this mask stay well below: check ` +
          'that the mask belongs to these features and is not turned or mirrored, or train longer.',
        [{ label: 'share astray, %', value: 100 * astray, limit: 100 * nearChance * chance }],
      ),
    );
  }
  return out;
}
