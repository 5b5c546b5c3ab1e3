import { type Evidence, type Finding, type Ringing, type Rule, rule, type Subject } from '../core/index.ts';
import { type BlockChanges, targetBlocks } from '../measures/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { labelsWithoutClass, validValues } from './_target-values.ts';
import { listed, percent, plural, significant } from './_words.ts';

/** Labels change so much oftener at the borders of blocks than anywhere within them. */
const borderLimit = 1.5;
/** And within them evenly, along rows or along columns: an enlarged map has no changes there. */
const insideLimit = 0.3;
/** What proves that it was JPEG, and not somebody who labelled by patches: shades go by 1 mostly, or to values that are no class. */
const onesLimit = 0.45;
const leastStrange = 3;
/** Fewer changes fall anywhere. */
const leastChanges = 500;

/** Masks that went through a format for photographs. */
export const jpegLabels: Rule = rule({
  id: 'jpeg-labels',
  title: 'the mask was compressed as JPEG',
  severity: 'error',
  explain: {
    test:
      'Besides a few levels at least 24 grey values apart, such as 0 and 255, the target holds two or more other values; 95 % of the ' +
      'pixels lie within 40 of a level (0.96 at JPEG quality 30, 1 from 75 on) and a third of those off a level within 16; half of the latter are higher or lower than both ' +
      'neighbours (0.7 to 0.9 after JPEG, below 0.4 after a blur); and they lie in blocks of 8 x 8 pixels of which an outline ' +
      'crosses 98 % (all after JPEG). Class ids in a file of a lossy format need no further proof; in others they change 1.5 times as ' +
      'often at the borders of blocks of 8 x 8 pixels as at any other place of a block, along rows and along columns, in 500 changes ' +
      'or more (1.5 to 9 times after JPEG at quality 75, at most 1.3 in real and drawn label maps; straight edges are left out). ' +
      'A warning where less than 45 % of the changes are by 1 and fewer than three values are no class: so are maps that were labelled in part ' +
      'patch by patch (up to 31 %; 12 classes after JPEG 56 to 68 %, 150 classes 24 to 40 %).',
    why:
      'JPEG keeps 8 x 8 blocks as waves and drops the weak ones, so that every outline rings: 0 becomes 3, 255 becomes 249. A test for ' +
      '"above 0" then adds a fringe to every object, a comparison with 255 misses pixels, and a class id that is off by one is ' +
      'another class.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'write masks as PNG; for those there are, mask = (mask > 127).float(), or the nearest of the known ids',
      },
      {
        framework: 'MONAI',
        text: "write masks as PNG or NIfTI; AsDiscreted(keys='label', threshold=127) for 0/255 ones",
      },
      { framework: 'Keras', text: 'tf.io.encode_png for masks; tf.cast(mask > 127, tf.float32) for those there are' },
      { framework: 'mmseg', text: "seg_map_suffix='.png', and masks written anew from their source" },
    ],
    exceptions:
      'A soft matte has shades all over its edges and none of the blocks, and is silent. A JPEG that was resized afterwards ' +
      'has lost the blocks and is not recognised, nor are ids at quality 90 and above in small pictures.',
    seen: [
      'https://github.com/mantasu/glasses-detector/issues/23',
      'https://github.com/romi/plant-3d-vision/issues/140',
      'https://github.com/GeorgeSeif/Semantic-Segmentation-Suite/issues/202',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaaaabbbbbbbbbbb\n'.repeat(8).trim(),
      legend: { a: [2.2], b: [-1.9] },
      target: 'wxwywkpkkkkkkkkk\nxwxwxqkpkkkkkkkk\nwywxwkqkkkkkkkkk\nxwywxpkqkkkkkkkk\n'.repeat(2).trim(),
      labels: { w: 255, x: 250, y: 246, k: 0, p: 7, q: 4 },
      repeat: [4, 4],
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aaaaabbbbbbbbbbb\n'.repeat(8).trim(),
      legend: { a: [2.2], b: [-1.9] },
      target: '1111100000000000\n'.repeat(8).trim(),
      repeat: [4, 4],
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: [...brokenTargetConsequences, 'class-permutation'],
  needs: { blocks: targetBlocks },
  check(values, subject) {
    const { ringing } = subject.target.profile;
    if (ringing !== undefined) return ringingMask(ringing, subject);
    const { length } = validValues(subject);
    const { channelSums, integers } = subject.target.profile;
    if (subject.kind !== 'exclusive' || channelSums !== null || !(length > 2)) return undefined;
    if (subject.target.hints.lossy === true) return lossyIds(length, subject);
    return integers === 1 && inBlocks(values.blocks) ? blockedIds(length, values.blocks, subject) : undefined;
  },
});

function ringingMask(ringing: Ringing, subject: Subject): Finding {
  const { levels, off, within8, within40, peaks, blocks, plainBlocks } = ringing;
  const values = validValues(subject).length;
  const names = levels.map((level) => significant(level));
  const { format: stored, lossy } = subject.target.hints;
  const webp = lossy === true && stored === 'webp';
  return {
    ...(webp ? { title: 'the mask was compressed as lossy WebP' } : {}),
    message:
      `the target has ${values} distinct values: ${percent(off)} of its pixels are not quite ${listed(names).replace(' and ', ' or ')}, ` +
      `${blocks > 0 ? `in ${plural(blocks, 'block')} of 8 x 8 pixels ` : ''}along the outlines, as ${webp ? 'lossy WebP' : 'JPEG'} leaves them. write masks as PNG; those there are need ` +
      `${levels.length === 2 ? 'a threshold half way' : 'each value set to the nearest level'}`,
    evidence: [
      { label: 'distinct values', value: values, limit: levels.length },
      { label: 'pixels off the levels', value: 100 * off, unit: '%', limit: 0 },
      {
        label: 'within 8, within 40 grey values of one',
        value: `${percent(within8)}, ${percent(within40)}`,
      },
      {
        label: 'of those, above or below both neighbours',
        value: 100 * peaks,
        unit: '%',
        limit: 50,
      },
      ...(blocks > 0
        ? [{ label: 'blocks off the levels without an outline', value: `${plainBlocks} of ${blocks}` }]
        : []),
      ...format(subject),
    ],
    ...(levels.length === subject.rows
      ? { repair: { repair: 'read-levels', levels: levels.map((level, id) => [level, id] as const) } }
      : {}),
    strength: 0.97,
  };
}

function lossyIds(values: number, subject: Subject): Finding {
  return {
    title: 'class ids were stored in a lossy format',
    message:
      `the target is a ${subject.target.hints.format} file with ${plural(values, 'distinct value')}; the format keeps shades, not numbers, so that an ` +
      'id may have become its neighbour. write label maps as PNG',
    evidence: [{ label: 'distinct values', value: values, limit: subject.rows }, ...format(subject)],
    strength: 0.9,
  };
}

function inBlocks({ changes, along, inside }: BlockChanges): boolean {
  return (
    changes >= leastChanges && along.every((ratio) => ratio >= borderLimit) && inside.some((it) => it >= insideLimit)
  );
}

/** Ids that are no longer known: noise around a small number is another small number. */
function blockedIds(values: number, { changes, ones, along }: BlockChanges, subject: Subject): Finding {
  const strange = labelsWithoutClass(subject).length;
  const sure = ones >= onesLimit || strange >= leastStrange;
  const [across, down] = along.map((ratio) => significant(ratio, 3));
  return {
    ...(sure ? {} : { severity: 'warning' }),
    title: `class ids ${sure ? 'were' : 'look'} compressed as JPEG`,
    message:
      `the labels change ${across} and ${down} times as often (along rows and columns) at the borders of blocks of 8 x 8 pixels as within them: ` +
      (sure
        ? 'these are ids that JPEG stored as shades, and each may have become its neighbour. nothing brings them back; '
        : 'unless they were labelled patch by patch, these are ids that JPEG stored as shades, each of which may have become another. ') +
      'write label maps as PNG, from their source',
    evidence: [
      { label: 'changes at the borders of blocks, along rows', value: Number(across), limit: borderLimit },
      { label: 'along columns', value: Number(down), limit: borderLimit },
      { label: 'changes in all', value: changes, limit: leastChanges },
      { label: 'of those, by 1', value: 100 * ones, unit: '%', limit: 100 * onesLimit },
      { label: 'distinct values', value: values, limit: subject.rows },
      { label: 'of those, no class', value: strange, limit: leastStrange },
    ],
    strength: sure ? 0.97 : 0.6,
  };
}

function format({ target }: Subject): Evidence[] {
  return target.hints.lossy === true ? [{ label: 'format of the file', value: target.hints.format, limit: 'PNG' }] : [];
}
