import { type Rule, rule } from '../core/index.ts';
import { listed } from './_words.ts';

/** Class weights that do not belong to these classes. */
export const weightMismatch: Rule = rule({
  id: 'weight-mismatch',
  title: 'the class weights do not fit the classes',
  severity: 'error',
  explain: {
    test:
      'The number of weights given is not the number of classes (two for a prediction of one channel: background, foreground), or ' +
      'a weight is negative or not finite, or all are 0.',
    why:
      'Weights are looked up by class id. One too few raises an error; shifted by one, each class gets the weight of its neighbour. ' +
      'A negative weight rewards mistakes, an infinite one (one over a frequency of 0) makes the loss infinite or NaN, and weights ' +
      'that are all 0 make the mean 0 / 0.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'weight=torch.tensor([...]) with one entry per channel, in channel order, void not counted',
      },
      { framework: 'MONAI', text: 'the same for weight=; with include_background=False leave the background out' },
      {
        framework: 'Keras',
        text: 'a weight per class in the table that the sample weights are gathered from; class_weight is not for images',
      },
      { framework: 'mmseg', text: 'class_weight of the loss with num_classes entries' },
    ],
    exceptions:
      'A single positive weight for a head of one channel (pos_weight): write it as 1 for the background and the weight.',
  },
  examples: {
    fires: {
      prediction: 'aaabbb\naaabbb\naaabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000111\n000111\n000111',
      args: ['--loss', 'ce', '--weights', '0.4,1.2,3'],
    },
    clear: {
      prediction: 'aaabbb\naaabbb\naaabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000111\n000111\n000111',
      args: ['--loss', 'ce', '--weights', '0.4,1.2'],
    },
  },
  looksAt: [],
  explains: ['class-weight-order', 'absent-class-weight'],
  needs: {},
  check(_values, { weights, rows, channels }) {
    if (weights === null) return { notApplicable: 'no class weights were given (--weights)' };
    const bad = weights.flatMap((w, row) => (Number.isFinite(w) && w >= 0 ? [] : [`${w} for class ${row}`]));
    const none = weights.length > 0 && weights.every((w) => w === 0);
    const count = `${weights.length} class weight${weights.length === 1 ? '' : 's'}`;
    const evidence = [
      { label: 'weights', value: weights.length, limit: rows },
      { label: 'negative or not finite', value: bad.length, limit: 0 },
    ];
    if (weights.length !== rows) {
      const head = channels === 1 ? 'two classes (one channel: background, foreground)' : `${rows} classes`;
      return {
        message: `${count} for ${head}; give one per class, in channel order, void not counted`,
        evidence,
        strength: 0.95,
      };
    }
    if (bad.length === 0 && !none) return undefined;
    return {
      message: none
        ? `all ${count} are 0, so the loss is 0/0; give at least one class a positive weight`
        : `weight ${listed(bad)}; weights must be finite and 0 or more. give absent classes 0 instead of one over a frequency of 0`,
      evidence: none ? [...evidence, { label: 'largest weight', value: 0, limit: 'above 0' }] : evidence,
      strength: 0.95,
    };
  },
});
