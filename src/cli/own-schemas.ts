import type { ComparedGroup, ComparedLoss } from '../comparison.ts';
import type { Change, Loss, Notice } from '../core/index.ts';
import type { DescendedClass, DescendedLoss, DescentReport } from '../descend/report.ts';
import type { ClassAngles, EmbeddingReport } from '../embeddings/_report.ts';
import { assumption, evidence, reported, verdict } from '../reporters/_schema.ts';
import { list, numbers, object, orNull, type Shape } from '../reporters/_shape.ts';
import type { TrendClass, TrendLoss, TrendReport } from '../trend/report.ts';
import type { Identified } from './identify.ts';

const notice = object<Notice>({
  rule: 'text',
  severity: 'text',
  title: 'text',
  message: 'text',
  evidence: list(evidence),
});
const target = object<TrendReport['target']>({ path: 'text', dtype: 'text', shape: numbers, ignore: numbers });
const change = object<Change>({ rms: 'number', mean: 'number' });

const beforeAfter = object<DescendedClass['dice']>({ before: orNull('number'), after: orNull('number') });

/** `lossprobe descend`. */
export const descentSchema: Shape = object<DescentReport>({
  prediction: object<DescentReport['prediction']>({
    path: 'text',
    dtype: 'text',
    shape: numbers,
    layout: 'text',
    activation: 'text',
  }),
  target,
  assumptions: list(assumption),
  moved: 'text',
  steps: 'number',
  stepLength: 'number',
  sample: object<DescentReport['sample']>({
    everyImage: 'number',
    everyPixel: numbers,
    pixels: 'number',
    of: 'number',
  }),
  weakest: orNull(object<NonNullable<DescentReport['weakest']>>({ index: 'number', name: 'text', dice: 'number' })),
  losses: list(
    object<DescendedLoss>({
      loss: 'text',
      spec: 'text',
      declared: 'flag',
      wiring: 'text',
      start: 'number',
      end: 'number',
      floor: orNull('number'),
      lowerBound: 'number',
      outcome: 'text',
      verdict: 'text',
      trace: numbers,
      halfway: orNull('number'),
      rank: orNull('number'),
      classes: list(
        object<DescendedClass>({
          index: 'number',
          name: 'text',
          pixels: 'number',
          dice: beforeAfter,
          recall: beforeAfter,
          gradientShare: orNull('number'),
          moves: orNull('flag'),
        }),
      ),
    }),
  ),
  findings: list(notice),
});

/** `lossprobe trend`. */
export const trendSchema: Shape = object<TrendReport>({
  target,
  checkpoints: list(
    object<TrendReport['checkpoints'][number]>({
      path: 'text',
      dtype: 'text',
      shape: numbers,
      layout: 'text',
      activation: 'text',
      change: orNull(change),
    }),
  ),
  losses: list(
    object<TrendLoss>({
      loss: 'text',
      spec: 'text',
      declared: 'flag',
      values: numbers,
      prior: 'number',
      floor: orNull('number'),
    }),
  ),
  classes: list(
    object<TrendClass>({
      index: 'number',
      name: 'text',
      pixels: 'number',
      frequency: 'number',
      dice: list(orNull('number')),
      predicted: numbers,
    }),
  ),
  modes: orNull(
    object<NonNullable<TrendReport['modes']>>({
      train: object<NonNullable<TrendReport['modes']>['train']>({ path: 'text', loss: 'number' }),
      eval: object<NonNullable<TrendReport['modes']>['eval']>({ path: 'text', loss: 'number' }),
      change,
    }),
  ),
  verdicts: list(verdict),
});

/** `lossprobe embed`. */
export const embeddingSchema: Shape = object<EmbeddingReport>({
  features: object<EmbeddingReport['features']>({
    path: 'text',
    dtype: 'text',
    shape: numbers,
    axis: 'number',
    dims: 'number',
    lengths: numbers,
  }),
  mask: object<EmbeddingReport['mask']>({
    path: 'text',
    dtype: 'text',
    shape: numbers,
    ignore: numbers,
    valid: 'number',
    ignored: 'number',
  }),
  classes: object<EmbeddingReport['classes']>({ labels: numbers, vectors: 'text' }),
  losses: list(
    object<EmbeddingReport['losses'][number]>({
      loss: 'text',
      spec: 'text',
      declared: 'flag',
      value: 'number',
      gradient: object<EmbeddingReport['losses'][number]['gradient']>({ l2: 'number', max: 'number', head: numbers }),
      terms: 'number',
      unit: 'text',
      violations: orNull('number'),
      skipped: 'number',
      sampled: orNull('number'),
    }),
  ),
  angles: object<EmbeddingReport['angles']>({
    unit: 'text',
    intraMean: orNull('number'),
    intraMax: orNull('number'),
    interMin: orNull('number'),
    astray: orNull('number'),
    classes: list(
      object<ClassAngles>({
        label: 'number',
        pixels: 'number',
        intraMean: orNull('number'),
        intraMax: orNull('number'),
        inter: orNull('number'),
        nearest: orNull('number'),
        astray: orNull('number'),
      }),
    ),
  }),
  findings: list(notice),
});

/** What `lossprobe losses` says of each without arrays. */
export type CatalogueRow = Pick<Loss, 'id' | 'title' | 'family' | 'from' | 'formula' | 'when'> & {
  /** Names of the options. */
  readonly options: readonly string[];
};

/** `lossprobe losses` without arrays. */
export const catalogueSchema: Shape = list(
  object<CatalogueRow>({
    id: 'text',
    title: 'text',
    family: 'text',
    from: 'text',
    formula: 'text',
    when: 'text',
    options: list('text'),
  }),
);

/** `lossprobe dialects`. */
export const dialectsSchema: Shape = list(
  object<ComparedGroup>({
    loss: 'text',
    spec: 'text',
    value: 'number',
    members: list(object<ComparedLoss>({ dialect: 'text', name: 'text', because: 'text', wrong: orNull('text') })),
  }),
);

/** `lossprobe identify` without arrays. */
export const identifySchema: Shape = object<Identified>({
  curve: orNull(
    object<NonNullable<Identified['curve']>>({
      column: 'text',
      steps: 'number',
      first: 'number',
      last: 'number',
      lowest: 'number',
      course: 'text',
      notFinite: orNull('number'),
      plateau: orNull(
        object<NonNullable<NonNullable<Identified['curve']>['plateau']>>({
          from: 'number',
          level: 'number',
          uncertainty: 'number',
        }),
      ),
      period: orNull('number'),
    }),
  ),
  reported: orNull(reported),
});
