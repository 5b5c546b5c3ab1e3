import type { Defect } from './_defect.ts';
import { classOrder } from './class-order.ts';
import { geometry } from './geometry.ts';
import { networkStates } from './network-states.ts';
import { predictionForms } from './prediction-forms.ts';
import { classWeights, reportedValues } from './reported.ts';
import { targetChannels } from './target-channels.ts';
import { targetLabels } from './target-labels.ts';
import { targetValues } from './target-values.ts';

export const defects: readonly Defect[] = [
  ...targetValues,
  ...targetLabels,
  ...targetChannels,
  ...predictionForms,
  ...networkStates,
  ...geometry,
  ...classOrder,
  ...reportedValues,
  ...classWeights,
];
