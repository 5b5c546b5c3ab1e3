import { type Formula, view } from '../core/index.ts';
import { honestSteps } from './_losses.ts';

/** A binary cross-entropy on every channel instead of one cross-entropy over all. */
export const bcePerChannel: Formula = {
  id: 'bce-per-channel',
  title: 'binary cross-entropy per channel',
  about:
    'Every channel was asked a question of its own (sigmoid, or the softmax output fed to a binary ' +
    'cross-entropy), averaged or summed over the channels; or the other way round.',
  formula: 'mean_c BCE_c, sum_c BCE_c, CE',
  suppose: ({ spec, subject }) => {
    if (subject.kind !== 'exclusive') return [];
    const steps = honestSteps(subject);
    if (['bce', 'bce-logits'].includes(spec.loss.id)) {
      return [{ departures: ['one cross-entropy over the classes'], loss: 'ce', view: view(steps) }];
    }
    if (!['ce', 'weighted-ce', 'nll'].includes(spec.loss.id)) return [];
    const ways = [
      { of: 'sigmoid outputs', view: view(['sigmoid']) },
      { of: 'softmax outputs', view: view(steps, { logs: 'rounded' }) },
    ];
    return ways.flatMap(({ of, view: own }) => [
      { departures: [`binary cross-entropy of ${of}, mean over the channels`], loss: 'bce-logits', view: own },
      {
        departures: [`binary cross-entropy of ${of}, summed over the channels`],
        loss: 'bce-logits',
        view: own,
        factor: subject.channels,
      },
    ]);
  },
};
