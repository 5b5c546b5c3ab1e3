import { type Rule, rule } from '../core/index.ts';
import { confusion, pairing } from '../measures/index.ts';
import {
  agreementLimit,
  gainLimit,
  leavesRoom,
  misplacedConsequences,
  misplacements,
  strengthOf,
} from './_placement.ts';
import { count, listed, significant } from './_words.ts';

const imageLimit = 4;
const ownBestLimit = 0.5;

/** Predictions held against the masks of other images. */
export const pairMismatch: Rule = rule({
  id: 'pair-mismatch',
  title: 'predictions are paired with the targets of other images',
  severity: 'error',
  explain: {
    test:
      "Four images or more. Cohen's kappa of every prediction against every target of the batch: less than half of the predictions agree " +
      'best with their own target, while the best pairing (each target once) has a mean kappa of at least 0.4 and at least 0.2 more than ' +
      'the pairs of the file. With four images or more a gain of this size is not chance. At least 100 valid pixels.',
    why:
      'The lists of images and masks are in different order: an unsorted directory listing, names sorted as text (2 after 10), one list ' +
      'shuffled. The network is taught with the answers to other questions and learns the average mask.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'build one list of (image, mask) paths by joining the stems; never two glob() results side by side',
      },
      { framework: 'MONAI', text: "one dictionary per item, {'image': ..., 'label': ...}, made by joining the stems" },
      {
        framework: 'Keras',
        text: 'zip the paths by stem before tf.data.Dataset.from_tensor_slices; shuffle after that',
      },
    ],
    exceptions:
      'Frames of one video resemble each other: their targets are exchangeable, the gain is small and nothing is found. Fewer than four ' +
      'images are not asked.',
    seen: [
      'https://github.com/urakubo/UNI-EM/issues/35',
      'https://github.com/minar09/cp-vton-plus/issues/8',
      'https://github.com/advaitsave/Multiclass-Semantic-Segmentation-CamVid/issues/3',
      'https://github.com/HasnainRaz/SemSegPipeline/issues/9',
    ],
  },
  examples: {
    fires: {
      prediction:
        'bbbaaaaa\nbbbaaaaa\naaaaaaaa\naaaaaaaa\n\naaaaabbb\naaaaabbb\naaaaaaaa\naaaaaaaa\n\naaaaaaaa\naaaaaaaa\nbbbaaaaa\nbbbaaaaa\n\naaaaaaaa\naaaaaaaa\naaaaabbb\naaaaabbb',
      legend: { a: [-2.2], b: [1.7] },
      target:
        '00000111\n00000111\n00000000\n00000000\n\n00000000\n00000000\n11100000\n11100000\n\n00000000\n00000000\n00000111\n00000111\n\n11100000\n11100000\n00000000\n00000000',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction:
        'bbbaaaaa\nbbbaaaaa\naaaaaaaa\naaaaaaaa\n\naaaaabbb\naaaaabbb\naaaaaaaa\naaaaaaaa\n\naaaaaaaa\naaaaaaaa\nbbbaaaaa\nbbbaaaaa\n\naaaaaaaa\naaaaaaaa\naaaaabbb\naaaaabbb',
      legend: { a: [-2.2], b: [1.7] },
      target:
        '11100000\n11100000\n00000000\n00000000\n\n00000111\n00000111\n00000000\n00000000\n\n00000000\n00000000\n11100000\n11100000\n\n00000000\n00000000\n00000111\n00000111',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['pair'],
  explains: [...misplacedConsequences, ...misplacements.filter((id) => id !== 'pair-mismatch')],
  needs: { confusion, pairing },
  check(values, { images }) {
    if (images < imageLimit) {
      return { notApplicable: `pairs are compared in a batch of ${imageLimit} images or more; here are ${images}` };
    }
    if (!leavesRoom(values.confusion, gainLimit)) return undefined;
    const { partners, now, after, ownBest } = values.pairing;
    if (!(ownBest < ownBestLimit && after >= agreementLimit && after - now >= gainLimit)) return undefined;
    const moved = partners.flatMap((partner, image) => (partner === image ? [] : [`${image} with target ${partner}`]));
    return {
      message:
        `${count(moved.length)} of ${count(images)} predictions agree better with the target of another image: prediction ` +
        `${listed(moved, 4)}. join images and masks by name, not by their place in a list`,
      evidence: [
        { label: 'mean kappa, best pairing', value: after, limit: agreementLimit },
        { label: 'mean kappa, as paired', value: now, limit: after - gainLimit },
        { label: 'predictions that agree best with their own target', value: ownBest, limit: ownBestLimit },
        { label: 'targets in the order of the predictions', value: `[${partners.join(', ')}]` },
        {
          label: 'lowest kappa of a new pair',
          value: Number(significant(Math.min(...partners.map((j, i) => values.pairing.kappas[i]?.[j] || 0)))),
        },
      ],
      repair: { repair: 'pair-target', placement: { images: partners } },
      strength: strengthOf(after),
    };
  },
});
