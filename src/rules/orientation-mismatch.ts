import {
  type Finding,
  formatShape,
  orientationKey,
  orientationName,
  type Rule,
  rule,
  type Subject,
} from '../core/index.ts';
import { bestShift, confusion, type Symmetries, symmetries } from '../measures/index.ts';
import {
  agreementLimit,
  couldAgree,
  diceLabel,
  gainLimit,
  isSure,
  leavesRoom,
  misplacedConsequences,
  misplacements,
  strengthOf,
} from './_placement.ts';
import { obstacleOf } from './_target-values.ts';
import { significant } from './_words.ts';

/** Below this agreement of the plain target a shift is looked for too; it must agree this much better to be preferred. */
const shiftGain = 0.05;

/** Shapes that fit only with axes swapped prove the defect; less agreement is enough to choose the flips. */
const swappedLimit = 0.2;

/** Target flipped, turned or transposed against the prediction. */
export const orientationMismatch: Rule = rule({
  id: 'orientation-mismatch',
  title: 'the target is flipped, turned or transposed against the prediction',
  severity: 'error',
  explain: {
    test:
      "Cohen's kappa of the decisions against the valid labels, under all 8 symmetries of an image (48 of a volume): the best is at " +
      'least 0.4 and exceeds the one of the target as it lies by at least 0.2. Images are also tried one by one, for augmentation that ' +
      'flips some of them. Real networks that are just being trained gain 0.4 and more when their mask is turned back; healthy ones ' +
      'gain nothing as a whole. At least 100 valid pixels. A warning below 5000 and below 0.5: of crops of 32 to 96 pixels of healthy street ' +
      'networks 1 in 180 gained 0.2 to 0.4, those of 5000 pixels and more up to 0.49.',
    why:
      'A flip or rotation was applied to the image and not to its mask, or two libraries order the axes differently (NIfTI stores ' +
      'x, y, z where SimpleITK returns z, y, x). The network is told to predict a mirror image of what it sees.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'draw the random flip once and apply it to image and mask: albumentations(image=..., mask=...), torchvision.transforms.v2 with tv_tensors.Mask',
      },
      {
        framework: 'MONAI',
        text: "the dictionary transforms with both keys: RandFlipd(['image', 'label'], ...), Orientationd(['image', 'label'], axcodes='RAS')",
      },
      {
        framework: 'Keras',
        text: 'flip both in one map() function; two ImageDataGenerators need the same seed and the same batch order',
      },
    ],
    exceptions:
      'Objects that are symmetric look the same either way and are not told apart. An untrained network agrees with nothing, so nothing ' +
      'is found. Where a shift agrees clearly better than a flip, misaligned-target is found instead.',
    seen: [
      'https://github.com/rcuocolo/PROSTATEx_masks/issues/9',
      'https://github.com/frankkramer-lab/MIScnn/issues/69',
    ],
  },
  examples: {
    fires: {
      prediction: 'bbbaaaaa\nbbbaaaaa\nbbaaaaaa\naaaaaaaa\naaaaaaaa\naaaaaaaa',
      legend: { a: [1.8, -1.2], b: [-0.9, 1.4] },
      target: '00000111\n00000111\n00000011\n00000000\n00000000\n00000000',
      repeat: [1, 3],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'bbbaaaaa\nbbbaaaaa\nbbaaaaaa\naaaaaaaa\naaaaaaaa\naaaaaaaa',
      legend: { a: [1.8, -1.2], b: [-0.9, 1.4] },
      target: '11100000\n11100000\n11000000\n00000000\n00000000\n00000000',
      repeat: [1, 3],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: [...misplacedConsequences, ...misplacements.filter((id) => id !== 'orientation-mismatch')],
  needs: { confusion, symmetries, bestShift },
  check(values, subject) {
    if (obstacleOf(subject, 'orientation-mismatch') !== undefined) return swappedAxes(values.symmetries, subject);
    if (!leavesRoom(values.confusion, gainLimit) || !couldAgree(values.confusion, agreementLimit, gainLimit))
      return undefined;
    const { now, best, all } = values.symmetries;
    if (!(best.kappa >= agreementLimit && best.kappa - now.kappa >= gainLimit)) return undefined;
    if (values.bestShift.after.kappa >= best.kappa + shiftGain) return undefined;
    const { orientations } = best;
    const plain = orientationKey(all[0]?.orientation ?? { axes: [], flips: [] });
    const turned = orientations.filter((it) => orientationKey(it) !== plain).length;
    const [name = ''] = orientations.map(orientationName);
    const [second] = all
      .filter(({ orientation }) => !orientations.some((it) => orientationKey(it) === orientationKey(orientation)))
      .sort((a, b) => b.kappa - a.kappa);
    const what =
      orientations.length === 1
        ? `the prediction agrees with the target ${name}`
        : `the prediction agrees with the targets once ${turned} of ${subject.images} are flipped or turned`;
    const dice = diceLabel(subject);
    return {
      message:
        `${what}: kappa ${significant(best.kappa, 3)}, against ${significant(now.kappa, 3)} as it lies. apply every flip, rotation and ` +
        'change of axes to image and target alike',
      evidence: [
        {
          label: orientations.length === 1 ? `kappa, target ${name}` : 'kappa, turned image by image',
          value: best.kappa,
          limit: agreementLimit,
        },
        { label: 'kappa, target as it lies', value: now.kappa, limit: best.kappa - gainLimit },
        ...(second === undefined
          ? []
          : [{ label: `kappa, target ${orientationName(second.orientation)}`, value: second.kappa }]),
        { label: `${dice} when turned`, value: best.dice },
        { label: `${dice} as it lies`, value: now.dice },
      ],
      ...(isSure(values.confusion.valid, best.kappa) ? {} : { severity: 'warning' as const }),
      repair: { repair: 'orient-target', placement: { orientations } },
      strength: strengthOf(best.kappa),
    };
  },
});

/** Shapes that fit only with axes swapped: the orientation that agrees best, or the plain swap where nothing agrees. */
function swappedAxes({ best, all }: Symmetries, { prediction, target }: Subject): Finding {
  const plain = all[0]?.orientation;
  const agrees = best.kappa >= swappedLimit;
  const orientations = agrees || plain === undefined ? best.orientations.slice(0, 1) : [plain];
  const name = orientations.map(orientationName).join('');
  return {
    message:
      `prediction ${formatShape(prediction.shape)} and target ${formatShape(target.shape)} fit only with axes swapped; the target ${name} ` +
      (agrees
        ? `agrees with the prediction (kappa ${significant(best.kappa, 3)}). load both in the same order of axes`
        : 'has the right shape, though no order agrees with what the prediction says. load both in the same order of axes'),
    evidence: [
      { label: 'prediction', value: formatShape(prediction.shape) },
      { label: 'target', value: formatShape(target.shape) },
      ...all
        .slice(0, 8)
        .map(({ orientation, kappa }) => ({ label: `kappa, target ${orientationName(orientation)}`, value: kappa })),
    ],
    repair: { repair: 'orient-target', placement: { orientations } },
    strength: 0.95,
  };
}
