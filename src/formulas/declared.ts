import type { Formula } from '../core/index.ts';

/** The declared loss, as wired. */
export const declared: Formula = {
  id: 'declared',
  title: 'the value under the options as declared',
  about: 'The number is what the declared loss gives on these very arrays. Nothing else is proposed then.',
  formula: 'l',
  suppose: () => [{ departures: [] }],
};
