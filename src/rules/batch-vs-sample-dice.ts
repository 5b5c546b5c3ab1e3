import { type Rule, rule } from '../core/index.ts';
import { asIndex, noOverlapLoss, overlapParts, pooling } from './_parts.ts';
import { explanation } from './_reported.ts';
import { significant } from './_words.ts';

const differenceLimit = 0.02;

/** Dice over the batch and the mean of the images' Dice are two numbers. */
export const batchVsSampleDice: Rule = rule({
  id: 'batch-vs-sample-dice',
  title: 'Dice over the batch and per image differ',
  severity: 'note',
  explain: {
    test:
      'The declared Dice loss (or relative), taken over the whole batch and as the mean over the images, differs by 0.02 or more, ' +
      'classes that an image lacks left out: visible in the second decimal. Not asked where the reported value settles the matter.',
    why:
      'One ratio over the batch lets large objects speak for small ones and depends on what happens to be in the batch and on its ' +
      'size. The mean over images gives each image the same say, and jumps where an object is tiny. Libraries differ in their ' +
      'default, so that training loss and validation metric often are of different kinds.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'sum over the spatial axes only (per image), or over the batch axis as well, and say which',
      },
      { framework: 'SMP', text: 'its Dice pools the batch; smp.metrics with reduction="micro-imagewise" is per image' },
      { framework: 'MONAI', text: 'batch=False (the default) is per image, batch=True pools' },
      { framework: 'nnU-Net', text: 'batch_dice of the plans: true pools, as for the 2-D configuration' },
      {
        framework: 'Keras',
        text: 'keras.losses.Dice(axis=None) pools everything; axis=(1, 2) keeps images and classes apart',
      },
    ],
    exceptions: 'Both are in use, and neither is wrong; compare only like with like.',
    seen: [
      'https://github.com/ivadomed/ivadomed/issues/910',
      'https://github.com/NifTK/NiftyNet/issues/22',
      'https://github.com/open-mmlab/mmsegmentation/issues/2068',
      'https://github.com/NVIDIA/DIGITS/pull/1236',
    ],
  },
  examples: {
    fires: {
      prediction: 'bbba\nbbba\naaab\naaaa',
      legend: { a: [-4], b: [3] },
      target: '1110\n1110\n0011\n0000',
      images: 2,
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'bbba\nbbba\nabbb\nabbb',
      legend: { a: [-4], b: [3] },
      target: '1111\n1110\n1111\n0111',
      images: 2,
      args: ['--loss', 'dice'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: {},
  check(_values, subject, circumstances) {
    if (subject.images === 1) return { notApplicable: 'there is one image only' };
    const parts = overlapParts(circumstances);
    if (parts.length === 0) return noOverlapLoss;
    if (circumstances.reported?.verdict === 'declared') return undefined;
    const other = explanation(circumstances, ['dice-per-sample', 'dice-pooled']);
    for (const part of parts) {
      const { batch } = pooling(part);
      const skip = { ...asIndex, absent: 'skip' };
      const [pooled, perImage] = [true, false].map((it) => circumstances.retake(part, { ...skip, batch: it }));
      const difference = Math.abs((pooled ?? Number.NaN) - (perImage ?? Number.NaN));
      if (!(difference >= differenceLimit)) continue;
      const each = circumstances.perImage(part);
      const worst = each.indexOf(Math.max(...each));
      const words = batch ? ['over the batch', 'per image'] : ['per image', 'over the batch'];
      const also = circumstances.retake(part, { batch: !batch });
      return {
        message:
          `${part.spec.text} is ${significant(part.value)} ${words[0]} and ${significant(also)} ${words[1]}` +
          `${other === null ? '; compare only like with like' : `, and ${significant(other.value)} was reported`}.`,
        evidence: [
          { label: words[0] ?? '', value: part.value },
          { label: words[1] ?? '', value: also },
          { label: 'difference, absent classes left out', value: difference, limit: differenceLimit },
          ...(worst < 0 ? [] : [{ label: `worst image (${worst}, counted from 0)`, value: each[worst] ?? Number.NaN }]),
        ],
        effect: { what: `batch=${!batch}`, loss: part.spec.text, before: part.value, after: also },
        strength: 0.3,
      };
    }
    return undefined;
  },
});
