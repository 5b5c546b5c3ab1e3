import { type Loss, loss, type Subject } from '../core/index.ts';
import { mappedSums, signedMaps } from '../measures/index.ts';
import { channelFactors, channelMean, firstChannel, foregroundOnly, spacing } from './_distance.ts';

const options = {
  map: {
    type: 'choice',
    default: 'kervadec',
    choices: ['kervadec', 'symmetric'],
    about: 'signed distance: 0 on the inner ring of the boundary (-(d - 1) inside), or d outside and -d inside',
  },
  background: foregroundOnly,
  spacing,
} as const;

/** Boundary loss: the probability mass, weighed by its signed distance to the boundary. */
export const boundary: Loss = loss({
  id: 'boundary',
  title: 'boundary loss',
  family: 'boundary',
  formula: 'L = mean_ic p phi,  phi the signed distance to the boundary of class c, negative inside',
  about:
    'Pushes probability towards the inside of the object, harder the farther it is from the boundary. The best value is ' +
    'negative. A class that is absent or fills the image adds nothing.',
  when: 'small objects in a large background, added to a region loss with a weight that grows during training',
  source: 'Kervadec et al. 2019, arXiv 1812.07032; SegLoss BDLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o, subject) => {
    const map = signedMaps(o.map, o.spacing ? subject.spacing : null);
    return { sums: mappedSums(map), map };
  },
  value: ({ sums, map }, o, subject) => channelMean(sums, map.valid, first(o, subject), subject),
  gradient: ({ map }, o, subject) => {
    const from = first(o, subject);
    const elements = map.valid * (subject.channels - from);
    if (elements === 0) return [];
    return [
      {
        kind: 'signed-distance',
        squares: map.squares,
        ring: map.ring,
        factors: channelFactors(1 / elements, from, subject),
      },
    ];
  },
});

function first(o: { background: boolean }, subject: Subject): number {
  return firstChannel(o.background, subject.channels);
}
