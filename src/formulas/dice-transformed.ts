import type { Formula } from '../core/index.ts';

/** A function of the overlap in place of the overlap. */
export const diceTransformed: Formula = {
  id: 'dice-transformed',
  title: 'overlap to a power, or its logarithm',
  about: 'Focal Tversky takes 1 - D to a power, per class or of the mean; other losses take -ln D or ln cosh(1 - D).',
  formula: '(1 - D)^e, -ln D, ln cosh(1 - D)',
  suppose: ({ spec }) => {
    const { id } = spec.loss;
    if (id === 'focal-tversky') return [{ departures: ['the Tversky loss without its power'], loss: 'tversky' }];
    if (id !== 'dice' && id !== 'tversky') return [];
    const forms = id === 'dice' ? ['log', 'log-cosh'] : ['log'];
    const shape = id === 'dice' ? 'fp=0.5,fn=0.5,' : '';
    return [
      ...forms
        .filter((form) => form !== spec.options.form)
        .map((form) => ({
          departures: [form === 'log' ? '-ln of the coefficient' : 'ln cosh of the loss'],
          options: { form },
        })),
      ...[0.5, 0.75, 4 / 3, 2].flatMap((exponent) =>
        ['class', 'mean'].map((over) => ({
          departures: [
            `to the power ${Number(exponent.toPrecision(3))}, ${over === 'class' ? 'per class' : 'of the mean'}`,
          ],
          loss: `focal-tversky:${shape}exponent=${exponent},over=${over}`,
        })),
      ),
    ];
  },
};
