/** What follows when the loss takes the stored values for something that they are not. */
export const misreadConsequences: readonly string[] = [
  '*',
  'confidently-wrong',
  'threshold-misfit',
  'plateau-value',
  'exploded-logits',
  'vanishing-gradient',
  'miscalibrated',
  'no-better-than-prior',
  'multilabel-vs-multiclass',
  'single-class-collapse',
];
