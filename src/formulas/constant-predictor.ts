import { type Formula, type Predictor, priorPredictor, uniformPredictor } from '../core/index.ts';

/** A prediction that does not look at the image. */
export const constantPredictor: Formula = {
  id: 'constant-predictor',
  title: 'a predictor that ignores the image',
  about:
    'The value is that of guessing uniformly (ln C for cross-entropy), of predicting the class frequencies everywhere, or of ' +
    'background everywhere.',
  formula: 'loss(p = 1/C), loss(p = class frequencies), 1 - 1/C',
  suppose: ({ spec, subject, totals }) => [
    { departures: ['the value of guessing uniformly'], predictor: uniformPredictor(subject) },
    { departures: ['the value of predicting the class frequencies'], predictor: priorPredictor(totals) },
    ...(spec.loss.family === 'region' && subject.kind === 'exclusive'
      ? [
          {
            departures: ['the value of predicting background everywhere'],
            predictor: backgroundOnly(subject.channels),
          },
          { departures: ['one class learned and the others missed: 1 - 1/C'], constant: 1 - 1 / subject.channels },
        ]
      : []),
  ],
  constants: ({ classes, foreground }) => [
    { value: Math.log(classes), what: `ln ${classes}: every class is equally likely, nothing has been learned` },
    { value: 1 - 1 / classes, what: `1 - 1/${classes}: Dice loss with one of ${classes} classes learned` },
    { value: 1 / classes, what: `1/${classes}: mean Dice or IoU with one of ${classes} classes learned` },
    ...(foreground === null
      ? []
      : [
          { value: entropy(foreground), what: `entropy of ${foreground} foreground: the class frequencies everywhere` },
        ]),
  ],
};

/** p = 1 for class 0 on every pixel. */
function backgroundOnly(channels: number): Predictor {
  const p = new Float64Array(channels);
  p[0] = 1;
  return { hit: p, miss: p };
}

/** Of a share and the rest, in nats. */
function entropy(share: number): number {
  const cost = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  return cost(share) + cost(1 - share);
}
