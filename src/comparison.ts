import type { Dialect, DialectLoss, LossSpec } from './core/index.ts';
import { dialects } from './dialects/index.ts';
import { interpret } from './interpret/interpret.ts';
import type { Named } from './interpret/settings.ts';
import { lossRequests, lossValue } from './measure/evaluate.ts';
import { Measurements } from './measure/measurements.ts';
import { parseLoss, specText } from './measure/spec.ts';
import { wiredView } from './measure/wiring.ts';
import type { Request } from './pipeline.ts';

/** One library's version of a loss. */
export interface ComparedLoss {
  readonly dialect: string;
  readonly name: string;
  readonly because: string;
  readonly wrong: string | null;
}

/** Versions of one loss that give the same value on these arrays. */
export interface ComparedGroup {
  /** Our id of the loss. */
  readonly loss: string;
  /** Our spelling of it. */
  readonly spec: string;
  readonly value: number;
  readonly members: readonly ComparedLoss[];
}

/**
 * Takes every library's losses under their defaults on the same arrays: grouped by loss, within a loss by equal value.
 * @throws InputError when the arrays cannot be judged.
 */
export function compareDialects(prediction: Named, target: Named, request: Request): ComparedGroup[] {
  const { pixels } = interpret('dialects', prediction, target, request);
  if (pixels === null) return [];
  const measurements = new Measurements(pixels);
  const { kind } = pixels;
  const { activation } = pixels.prediction;
  const named = new Set(request.specs.map((spec) => spec.loss.id));
  const entries = dialects.flatMap((dialect) =>
    dialect.losses.map((entry) => ({ dialect, entry, spec: parseLoss(entry.spec, false) })),
  );
  const shown = entries
    .filter(({ entry, spec }) => applies(entry, spec, kind) && (named.size === 0 || named.has(spec.loss.id)))
    .map((it) => ({ ...it, view: wiredView(it.spec, activation, kind) }));
  measurements.prepare(shown.flatMap(({ spec, view }) => lossRequests(spec, measurements, view)));
  const groups = new Map<string, ComparedGroup & { members: ComparedLoss[] }>();
  for (const { dialect, entry, spec, view } of shown) {
    const { value } = lossValue(spec, measurements, view);
    const key = `${spec.loss.id} ${value.toPrecision(9)}`;
    const text = specText(spec.loss, spec.options, spec.from);
    const group = groups.get(key) ?? { loss: spec.loss.id, spec: text, value, members: [] };
    group.members.push(member(dialect, entry));
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (a.loss < b.loss ? -1 : a.loss > b.loss ? 1 : b.value - a.value));
}

function applies(entry: DialectLoss, spec: LossSpec, kind: LossSpec['loss']['kinds'][number]): boolean {
  return (entry.kinds ?? spec.loss.kinds).includes(kind) && spec.loss.kinds.includes(kind);
}

function member(dialect: Dialect, { name, because, wrong }: DialectLoss): ComparedLoss {
  return { dialect: dialect.id, name, because, wrong: wrong ?? null };
}
