import type { Notice } from '../core/index.ts';
import { type AngleSums, angleSums } from '../kernels/index.ts';
import { type EmbeddingEvaluation, evaluateEmbedding } from './_evaluate.ts';
import type { EmbeddingArrays, Opened } from './_features.ts';
import { openFeatures } from './_features.ts';
import { findingsOf } from './_findings.ts';
import { parseEmbedding } from './_spec.ts';
import { embeddings } from './index.ts';

/** Angles in degrees; null where there is none. */
export interface ClassAngles {
  readonly label: number;
  readonly pixels: number;
  /** Of the features to the vector of their class. */
  readonly intraMean: number | null;
  readonly intraMax: number | null;
  /** Of the class vector to the nearest other one, and whose that is. */
  readonly inter: number | null;
  readonly nearest: number | null;
  /** Share of the features that are nearer to another class. */
  readonly astray: number | null;
}

export interface EmbeddingReport {
  readonly features: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly axis: number;
    readonly dims: number;
    /** Shortest and longest feature. */
    readonly lengths: readonly [number, number];
  };
  readonly mask: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly ignore: readonly number[];
    readonly valid: number;
    readonly ignored: number;
  };
  readonly classes: { readonly labels: readonly number[]; readonly vectors: 'file' | 'class means' };
  readonly losses: readonly {
    readonly loss: string;
    readonly spec: string;
    readonly declared: boolean;
    readonly value: number;
    readonly gradient: EmbeddingEvaluation['gradient'];
    readonly terms: number;
    readonly unit: 'pixels' | 'triplets' | 'pairs';
    readonly violations: number | null;
    readonly skipped: number;
    readonly sampled: number | null;
  }[];
  readonly angles: {
    readonly unit: 'degrees';
    readonly intraMean: number | null;
    readonly intraMax: number | null;
    readonly interMin: number | null;
    readonly astray: number | null;
    readonly classes: readonly ClassAngles[];
  };
  readonly findings: readonly Notice[];
}

export interface EmbeddingRequest extends EmbeddingArrays {
  readonly paths: { readonly features: string; readonly mask: string };
  /** Losses as typed; none: all of them. */
  readonly specs: readonly string[];
}

/** Every number about exported features, and what is wrong with them. */
export function embeddingReport(request: EmbeddingRequest): EmbeddingReport {
  const { features, mask, ignore = [], paths } = request;
  const declared = request.specs.length > 0;
  const specs = (declared ? request.specs : embeddings.map(({ id }) => id)).map(parseEmbedding);
  const set = openFeatures(request);
  const angles = angleSums(set.rows, set.labels, set.dims, set.prototypes);
  const losses = specs.map((spec) => evaluateEmbedding(set, spec));
  return {
    features: {
      path: paths.features,
      dtype: features.dtype,
      shape: features.shape,
      axis: set.axis,
      dims: set.dims,
      lengths: [angles.shortest, angles.longest],
    },
    mask: {
      path: paths.mask,
      dtype: mask.dtype,
      shape: mask.shape,
      ignore,
      valid: set.count,
      ignored: set.pixels - set.count,
    },
    classes: { labels: set.names, vectors: set.prototypesFrom },
    losses: losses.map(({ spec, value, gradient, terms, unit, violations, skipped, sampled }) => {
      return {
        loss: spec.loss.id,
        spec: spec.text,
        declared,
        value,
        gradient,
        terms,
        unit,
        violations,
        skipped,
        sampled,
      };
    }),
    angles: anglesOf(set, angles),
    findings: findingsOf({ set, angles, losses, declared }),
  };
}

function anglesOf(set: Opened, sums: AngleSums): EmbeddingReport['angles'] {
  const pixels = new Float64Array(set.names.length);
  for (const label of set.labels) pixels[label] = (pixels[label] ?? 0) + 1;
  const classes = set.names.map((label, row): ClassAngles => {
    const count = sums.count[row] ?? 0;
    const neighbour = sums.neighbour[row] ?? -1;
    return {
      label,
      pixels: pixels[row] ?? 0,
      intraMean: count === 0 ? null : degrees((sums.sum[row] ?? 0) / count),
      intraMax: count === 0 ? null : degrees(sums.max[row] ?? 0),
      inter: neighbour < 0 ? null : degrees(sums.nearest[row] ?? 0),
      nearest: set.names[neighbour] ?? null,
      astray: count === 0 ? null : (sums.astray[row] ?? 0) / count,
    };
  });
  const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const count = total(sums.count);
  const inter = classes.flatMap((it) => it.inter ?? []);
  return {
    unit: 'degrees',
    intraMean: count === 0 ? null : degrees(total(sums.sum) / count),
    intraMax: count === 0 ? null : degrees(sums.max.reduce((a, b) => Math.max(a, b), 0)),
    interMin: inter.length === 0 ? null : Math.min(...inter),
    astray: count === 0 ? null : total(sums.astray) / count,
    classes,
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
