/** What holds for every loss but some, and why not for those. A new loss gets a line only where a contract cannot hold. */
export interface Exception {
  /** Why it matters where the pixels lie. */
  readonly spatial?: string;
  /** Spellings under which it matters where the pixels lie. */
  readonly spatialWhen?: RegExp;
  /** Spellings whose best prediction is not the target itself. */
  readonly bestElsewhere?: RegExp;
  /** Spellings whose value is not a fixed multiple of the sum of the contributions. */
  readonly nonlinear?: RegExp;
  /** Spellings under which the classes are not alike. */
  readonly namesClasses?: RegExp;
  /** Why a predictor of hits and misses has no closed form. */
  readonly noClosedForm?: string;
  /** Why perfect probabilities that are taken for logits reach the infimum. */
  readonly metByProbabilities?: string;
  /** Why renaming the classes changes the figures. */
  readonly ordered?: string;
  /** Why no figure of the reference stands for it. */
  readonly noReference?: string;
}

const exceptions: Readonly<Record<string, Exception>> = {
  boundary: { spatial: 'weighs the pixels by their signed distance to the boundary' },
  dice: { nonlinear: /log-cosh/ },
  dpce: { spatial: 'weighs the pixels by their distance to the boundary' },
  'hausdorff-dt': { spatial: 'weighs the pixels by their distance to the boundary', nonlinear: /form=log/ },
  nll: { noReference: 'is ce without its softmax' },
  'multi-hinge': { metByProbabilities: 'a lead of 1 is the margin' },
  nacl: {
    spatial: 'looks at the neighbours',
    bestElsewhere: /./,
    noClosedForm: 'probabilities do not say what the scores are',
  },
  'zero-one': {
    metByProbabilities: 'the order of the classes is kept',
    ordered: 'ties go to the lowest class, and uniform guessing is one tie',
  },
  kl: { bestElsewhere: /reverse/ },
  topk: { bestElsewhere: /threshold/, nonlinear: /threshold/ },
  cldice: { spatial: 'looks at skeletons', namesClasses: /^(?!.*channels=all)/ },
  'dice-cldice': { spatial: 'looks at skeletons', namesClasses: /^(?!.*channels=all)/ },
  'distance-dice': { spatial: 'weighs the pixels by their distance to the boundary' },
  'focal-tversky': { nonlinear: /over=mean/ },
  'generalized-dice': { bestElsewhere: /smooth-nr=0.5/ },
  mcc: { namesClasses: /class=/ },
  'penalty-gd': { bestElsewhere: /smooth-nr=0.5/ },
  'unified-focal': { ordered: 'class 0 is the background' },
  'wasserstein-dice': { namesClasses: /^(?!.*volumes)/, spatialWhen: /pairing=batch/ },
};

/** What does not hold for a loss. */
export function exceptionsOf(id: string): Exception {
  return exceptions[id] ?? {};
}
