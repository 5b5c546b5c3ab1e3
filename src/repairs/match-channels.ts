import { lacksBackground, type Repair } from '../core/index.ts';

/** The channels of a one-hot target brought to the number of the prediction's. */
export const matchChannels: Repair = {
  id: 'match-channels',
  what({ target: { layout, shape, profile }, channels }) {
    if ((shape[layout.indexOf('C')] ?? 0) > channels) return 'channel 0 of the target left out';
    return lacksBackground(profile)
      ? 'background added as channel 0 of the target'
      : 'empty channels added to the target';
  },
  view: (_subject, { wired }) => wired,
};
