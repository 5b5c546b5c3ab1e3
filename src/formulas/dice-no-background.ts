import type { Formula } from '../core/index.ts';

/** Background left out of an overlap, or taken in. */
export const diceNoBackground: Formula = {
  id: 'dice-no-background',
  title: 'with or without background',
  about: 'The class scores are averaged with or without channel 0, which is usually the easiest.',
  formula: 'mean over c >= 1 against c >= 0',
  suppose: ({ spec, subject }) => {
    if (subject.channels === 1 || !('background' in spec.options)) return [];
    const background = spec.options.background !== true;
    return [
      { departures: [background ? 'background counts as a class' : 'without background'], options: { background } },
    ];
  },
};
