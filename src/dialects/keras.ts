import type { Dialect } from '../core/index.ts';

/** Keras losses under their defaults. */
export const keras: Dialect = {
  id: 'keras',
  title: 'Keras',
  source: 'keras.losses, from its documentation',
  losses: [
    {
      name: 'SparseCategoricalCrossentropy',
      spec: 'ce:from=probabilities,clip=1e-7',
      because: 'from_logits=False: takes probabilities, clipped at 1e-7',
      kinds: ['exclusive'],
    },
    {
      name: 'BinaryCrossentropy',
      spec: 'bce:clip=1e-7',
      because: 'from_logits=False: takes probabilities, clipped at 1e-7',
      kinds: ['binary', 'multilabel'],
    },
    {
      name: 'BinaryFocalCrossentropy',
      spec: 'focal:from=probabilities,clip=1e-7',
      because: 'gamma 2, no alpha unless apply_class_balancing; takes probabilities, clipped at 1e-7',
      kinds: ['binary', 'multilabel'],
    },
    {
      name: 'Dice',
      spec: 'dice:from=probabilities,smooth-nr=0,smooth-dr=1e-7,batch=true',
      because:
        'pools the whole batch; epsilon in the denominator only, so that an empty mask that is met perfectly still costs 1',
      kinds: ['binary'],
    },
    {
      name: 'Tversky',
      spec: 'tversky:from=probabilities,fp=0.5,fn=0.5,smooth-nr=0,smooth-dr=1e-7,batch=true',
      because:
        'pools the whole batch; alpha and beta 0.5: Dice. The two were swapped against the documentation until 2026',
      kinds: ['binary'],
    },
  ],
};
