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
  'negative-by-design',
];

/** What follows when the values of the target are not the classes that the loss takes them for. */
export const brokenTargetConsequences: readonly string[] = [
  '*',
  'label-out-of-range',
  'undeclared-ignore-label',
  'instance-ids',
  'log-of-zero',
  'confidently-wrong',
  'constant-target',
  'single-class-collapse',
  'plateau-value',
  'unreduced-sum',
  'negative-by-design',
  'interpolated-labels',
  'label-gap',
  'mixed-encodings',
  'class-never-present',
];
