import { type Rule, rule } from '../core/index.ts';
import { bestShift, confusion } from '../measures/index.ts';
import { couldAgree, diceLabel, leavesRoom, misplacedConsequences, misplacements, strengthOf } from './_placement.ts';
import { listed, plural, significant } from './_words.ts';

const gainLimit = 0.05;
const ratioLimit = 1.1;
/** Agreement after the shift that no untrained network reaches by the best of all shifts. */
const agreementLimit = 0.3;
const pixelLimit = 2;
const shareLimit = 0.005;

/** Target shifted against the prediction. */
export const misalignedTarget: Rule = rule({
  id: 'misaligned-target',
  title: 'the target is shifted against the prediction',
  severity: 'warning',
  explain: {
    test:
      "Cohen's kappa of the decisions against the valid labels under every whole shift of up to a quarter of the image: the best shift " +
      'is at least 2 pixels and 0.5 % of an axis, reaches 0.3, and exceeds the kappa without shift by 0.05 and by a tenth of it. ' +
      'Resizing with another convention for pixel corners moves things by half a pixel, which stays below. At least 100 valid pixels.',
    why:
      'Image and mask were cropped, padded or resampled differently, so that every outline is in the wrong place. Outlines carry most ' +
      'of the loss; a thin object may miss its mask altogether.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'crop and pad image and mask in one call; after an unpadded convolution crop the mask to the centre, not to the corner',
      },
      {
        framework: 'MONAI',
        text: "RandSpatialCropd, SpatialPadd, Spacingd with both keys: ['image', 'label'], and mode=['bilinear', 'nearest']",
      },
      { framework: 'Keras', text: 'crop in one map() function, or stack image and mask before tf.image.random_crop' },
    ],
    exceptions:
      'A blurry or early prediction may fit a little better elsewhere; the gain of a tenth keeps it silent. Annotators that draw outlines ' +
      'systematically too far out move them in all directions, not in one.',
    seen: ['https://github.com/aleju/imgaug/issues/675', 'https://github.com/mdbloice/Augmentor/issues/188'],
  },
  examples: {
    fires: {
      prediction:
        'aaaaaaaaaaaa\naabbbbaaaaaa\naabbbbaaaaaa\naabbbbaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa',
      legend: { a: [1.8, -1.2], b: [-0.9, 1.4] },
      target:
        '000000000000\n000000000000\n000000000000\n000001111000\n000001111000\n000001111000\n000000000000\n000000000000\n000000000000',
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction:
        'aaaaaaaaaaaa\naabbbbaaaaaa\naabbbbaaaaaa\naabbbbaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa\naaaaaaaaaaaa',
      legend: { a: [1.8, -1.2], b: [-0.9, 1.4] },
      target:
        '000000000000\n000111100000\n000111100000\n000111100000\n000000000000\n000000000000\n000000000000\n000000000000\n000000000000',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: [...misplacedConsequences, ...misplacements.filter((id) => id !== 'misaligned-target')],
  needs: { confusion, bestShift },
  check(values, subject) {
    // Pixels that leave the image change the frequencies: half the agreement must be within reach without that.
    const { confusion } = values;
    if (!leavesRoom(confusion, gainLimit, ratioLimit) || !couldAgree(confusion, agreementLimit / 2, gainLimit / 2))
      return undefined;
    const { offset, now, after } = values.bestShift;
    const { spatial } = subject;
    const far = offset.some((step, k) => Math.abs(step) >= Math.max(pixelLimit, shareLimit * (spatial[k] ?? 0)));
    if (!far || !(after.kappa >= agreementLimit && after.kappa - now.kappa >= gainLimit)) return undefined;
    if (!(after.kappa >= ratioLimit * now.kappa)) return undefined;
    const dice = diceLabel(subject);
    return {
      message:
        `the target is shifted ${directions(offset)} against the prediction: moved back, kappa goes from ` +
        `${significant(now.kappa, 3)} to ${significant(after.kappa, 3)}. crop, pad and resample image and target in the same way`,
      evidence: [
        {
          label: `shift (${'zyx'.slice(-offset.length).split('').join(', ')})`,
          value: `(${offset.join(', ')})`,
          unit: 'pixels',
        },
        { label: 'kappa when moved back', value: after.kappa, limit: Math.max(agreementLimit, now.kappa + gainLimit) },
        { label: 'kappa as it lies', value: now.kappa },
        { label: `${dice} when moved back`, value: after.dice },
        { label: `${dice} as it lies`, value: now.dice },
      ],
      repair: { repair: 'shift-target', placement: { offset } },
      strength: strengthOf(after.kappa),
    };
  },
});

/** `7 pixels down and 5 pixels left`. */
function directions(offset: readonly number[]): string {
  const words = [
    ['towards the first slice', 'towards the last slice'],
    ['up', 'down'],
    ['left', 'right'],
  ].slice(-offset.length);
  return listed(
    offset.flatMap((step, k) =>
      step === 0 ? [] : [`${plural(Math.abs(step), 'pixel')} ${words[k]?.[step > 0 ? 1 : 0] ?? ''}`],
    ),
  );
}
