import type { Formula } from '../core/index.ts';

/** Another number added to the ratio. */
export const diceSmooth: Formula = {
  id: 'dice-smooth',
  title: 'smoothing of the ratio',
  about:
    'The usual smoothing terms are tried: none, 1e-5, 1e-3 and 1 above and below the line, above it alone, below ' +
    'it alone.',
  formula: '(2 sum p g + s) / (sum p + sum g + s)',
  suppose: ({ spec }) => {
    if (!('smooth-nr' in spec.options)) return [];
    const { smooth, 'smooth-nr': above, 'smooth-dr': below } = spec.options;
    const now = [smooth ?? above, smooth ?? below];
    return usual
      .filter(([nr, dr]) => nr !== now[0] || dr !== now[1])
      .map(([nr, dr]) => ({
        departures: [nr === dr ? `smoothing ${nr}` : `smoothing ${nr} above and ${dr} below the line`],
        options: { smooth: null, 'smooth-nr': nr, 'smooth-dr': dr },
      }));
  },
  constants: () => [{ value: 1 - 1 / 101, what: 'Dice loss of a wholly wrong 10 x 10 mask with smoothing 1' }],
};

/** Terms above and below the line. */
const usual: readonly (readonly [number, number])[] = [
  [0, 0],
  [1e-5, 1e-5],
  [1e-3, 1e-3],
  [1, 1],
  [0, 1e-5],
  [0, 1],
  [1, 0],
];
