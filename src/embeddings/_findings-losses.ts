import { grouped, type Notice, type Severity } from '../core/index.ts';
import * as questions from '../questions/index.ts';
import type { EmbeddingEvaluation } from './_evaluate.ts';
import { brief, type Circumstances, counted, finding } from './_finding.ts';

/** A floor above this keeps a loss visibly away from 0. */
const visible = 0.1;

/** What the losses make of the features: each kind of complaint once, about the first loss it concerns. */
export function lossFindings(circumstances: Circumstances): Notice[] {
  const { losses, declared, set, angles } = circumstances;
  const loud: Severity = declared ? 'warning' : 'note';
  const out: Notice[] = [];

  const empty = losses.find((it) => it.terms === 0 && it.skipped === 0);
  if (empty !== undefined) {
    const what = empty.unit === 'pairs' ? 'two labelled pixels' : 'a class with two pixels and another class';
    out.push(
      finding(
        questions.nothingToCompare,
        declared ? 'error' : 'note',
        `${empty.spec.loss.id} finds no ${empty.unit} in ${counted(set.count, 'valid pixel')}, and a mean over nothing is NaN; it ` +
          `needs ${what}: use larger crops, or skip such batches in training.`,
        [{ label: empty.unit, value: 0, limit: 1 }],
      ),
    );
  }

  const lone = set.names.filter((_, row) => (angles.count[row] ?? 0) === 1);
  if (lone.length > 0 && set.count > 1 && set.prototypesFrom === 'class means') {
    out.push(
      finding(
        questions.lonePixels,
        loud,
        `class ${lone.join(', ')} ${lone.length === 1 ? 'has' : 'have each'} 1 pixel with a direction, which is its own class mean ` +
          '(angle 0) and the positive of none; a mean or a triplet needs two or more: give the class matrix with --weights, or ' +
          'larger crops.',
        [{ label: 'classes of one pixel', value: lone.length, limit: 0 }],
      ),
    );
  }

  const cosine = losses.find((it) => it.spec.loss.cosine(it.spec.options));
  if (cosine !== undefined && angles.notUnit > 0) {
    const s = scaleOf(cosine);
    out.push(
      finding(
        questions.unnormalisedFeatures,
        loud,
        `lengths run from ${brief(angles.shortest)} to ${brief(angles.longest)}, and ${counted(angles.notUnit, 'pixel')} of ` +
          `${grouped(set.count)} are off 1 by more than 0.001; ${cosine.spec.loss.id} divides by the length, and so did ` +
          `this run: where the training code does not, its ${s === null ? 'distances' : `scores reach ${brief((s ?? 1) * angles.longest)}`}, so add ` +
          'F.normalize(x, dim=1) before the loss.',
        [
          { label: 'shortest feature', value: angles.shortest, limit: 1 },
          { label: 'longest feature', value: angles.longest, limit: 1 },
        ],
      ),
    );
  }

  const turned = losses.find((it) => it.beyond > 0 && it.spec.options.fallback === false);
  if (turned !== undefined) {
    const limit = 180 - (Number(turned.spec.options.m) * 180) / Math.PI;
    out.push(
      finding(
        questions.angleTurnsBack,
        loud,
        `${counted(turned.beyond, 'pixel')} of ${grouped(turned.terms)} are further than ${brief(limit)} degrees from ` +
          'their class, where cos(theta + m) rises again and the gradient pushes them away; the angle has to stay below pi - m: ' +
          'use the form that falls back to cos - m sin m there (fallback=true), or start with a smaller m.',
        [{ label: 'pixels beyond pi - m', value: turned.beyond, limit: 0 }],
      ),
    );
  }

  const pole = losses.find((it) => it.poles > 0);
  if (pole !== undefined) {
    out.push(
      finding(
        questions.angleWithoutSlope,
        declared ? 'error' : 'note',
        `${counted(pole.poles, 'pixel')} lie exactly on the vector of their class or opposite to it, where the slope of acos is ` +
          'infinite and the gradient NaN; keep the cosine within 1e-7 of -1 and 1: clamp it before acos.',
        [{ label: 'pixels at 0 or 180 degrees', value: pole.poles, limit: 0 }],
      ),
    );
  }

  const weak = losses.map((it) => ({ it, floor: floorOf(it, set.names.length) })).find(({ floor }) => floor > visible);
  if (weak !== undefined) {
    out.push(
      finding(
        questions.scaleTooSmall,
        loud,
        `with s = ${scaleOf(weak.it)} and ${set.names.length} classes, ${weak.it.spec.loss.id} cannot fall below ` +
          `${brief(weak.floor)}, even with all features on their class vector; a floor under ${visible} is allowed: raise s (30 or 64 is usual).`,
        [{ label: 'lowest value possible', value: weak.floor, limit: visible }],
      ),
    );
  }

  const sampled = losses.find((it) => it.sampled !== null);
  if (sampled !== undefined) {
    out.push(
      finding(
        questions.sampledPixels,
        'note',
        `${sampled.spec.loss.id} compared ${grouped(sampled.sampled ?? 0)} of ${counted(set.count, 'pixel')}; all pairs of ` +
          'pixels are too many: raise max-pixels, or change seed to see how much it matters.',
      ),
    );
  }
  return out;
}

function scaleOf({ spec }: EmbeddingEvaluation): number | null {
  return typeof spec.options.s === 'number' ? spec.options.s : null;
}

/** Lowest value with features on class vectors that stand as far apart as C of them can: others at cosine -1 / (C - 1). */
function floorOf(it: EmbeddingEvaluation, classes: number): number {
  const s = scaleOf(it);
  if (s === null || classes < 2 || it.spec.options.reduction === 'sum') return 0;
  const m = Number(it.spec.options.m ?? 0);
  const own = it.spec.loss.id === 'arcface' ? Math.cos(m) : 1 - m;
  return Math.log1p((classes - 1) * Math.exp(-s * (own + 1 / (classes - 1))));
}
