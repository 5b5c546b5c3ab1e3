import type { Formula } from '../core/index.ts';

/** A second head with a weight of 0.4. */
export const auxiliaryHead: Formula = {
  id: 'auxiliary-head',
  title: 'auxiliary head',
  about: 'A second head is trained along, its loss weighed 0.4 (mmseg, torchvision). Its output is needed to take it.',
  formula: 'l + 0.4 l_aux',
  suppose: () => [],
  compatible: ({ value }, reported) =>
    reported / value >= 1.3 && reported / value < 1.75
      ? 'an auxiliary head of weight 0.4 adds 40 % or a little more, for it is usually worse than the main one; export its output'
      : null,
};
