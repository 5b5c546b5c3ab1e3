import { type Activation, type Dialect, type TableChoice, UsageError } from './core/index.ts';
import type { Journey } from './descend/descend.ts';
import { dialects } from './dialects/index.ts';
import { activations } from './interpret/activation.ts';
import { layouts } from './interpret/layout.ts';
import { parseLoss } from './measure/spec.ts';
import { weightRecipes } from './measures/index.ts';
import type { Request } from './pipeline.ts';
import { rules } from './rules/index.ts';

/** What can be said of a pair of arrays, in the words of the command line. All of it is optional. */
export interface DiagnoseOptions {
  /** The losses that the training code used: `ce`, `focal:gamma=3`. */
  readonly loss?: string | readonly string[] | undefined;
  /** The number that the training code printed, as it was printed. */
  readonly reported?: string | number | readonly (string | number)[] | undefined;
  /** Losses of an earlier run on the same arrays, and their values: `ce=0.337`, `dice:smooth=1=0.21`. */
  readonly baseline?: string | readonly string[] | undefined;
  /** Library whose defaults the declared losses have: `monai`, `smp`, ... */
  readonly dialect?: string | undefined;
  /** Axis letters of the prediction, such as `NCHW` or `NDHWC`. */
  readonly layout?: string | undefined;
  readonly activation?: string | undefined;
  /** Number of classes, or their names. */
  readonly classes?: number | readonly string[] | undefined;
  readonly ignoreIndex?: number | readonly number[] | undefined;
  /** Class weights, or the name of a recipe that makes them from the pixels per class. */
  readonly weights?: readonly number[] | string | undefined;
  /** Pixel or voxel size along each spatial axis. */
  readonly spacing?: readonly number[] | undefined;
  /** Ids of the only rules to ask, and of rules to leave out. */
  readonly rules?: readonly string[] | undefined;
  readonly disable?: readonly string[] | undefined;
  /** float64 throughout, also where the file holds singles: slower, and all 16 digits. */
  readonly exact?: boolean | undefined;
  /** Left out where false: values alone take one sweep instead of two. */
  readonly gradients?: boolean | undefined;
  /** Losses of the table besides the declared ones: `usual` (when left out), `all`, `none`. */
  readonly table?: TableChoice | undefined;
  /** Called whenever another loss is taken, which for those over skeletons, ranks or distances can take minutes on large arrays. */
  readonly onLoss?: Request['onLoss'];
}

/** What can be said of a series of exports besides; `F` is an array, or the path of a file. */
export interface TrendOptions<F> extends DiagnoseOptions {
  /** Two exports of the same input with the same weights, training mode first. */
  readonly modes?: readonly F[] | undefined;
}

/** What can be said of a descent besides. */
export interface DescendOptions extends DiagnoseOptions {
  /** 1 to 1000; 50 when left out. */
  readonly steps?: number | undefined;
  /** Called after every step. */
  readonly onStep?: Journey['onStep'];
}

const mostSteps = 1000;

/**
 * Checks how far to descend.
 * @throws UsageError for a number of steps that is none.
 */
export function journeyOf({ steps = 50, onStep }: Pick<DescendOptions, 'steps' | 'onStep'>): Journey {
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= mostSteps)) {
    throw new UsageError(`--steps ${steps} is not a whole number from 1 to ${mostSteps}`);
  }
  return { steps, onStep };
}

/**
 * Checks options and turns them into a request.
 * @throws UsageError that says what was given, what is allowed and what to do.
 */
export function requestOf(given: DiagnoseOptions): Request {
  const options = checked(given);
  const { layout, activation, classes, weights, spacing, rules: only, disable = [] } = options;
  if (layout !== undefined && !layouts.includes(layout.toUpperCase())) {
    throw new UsageError(`--layout ${layout} is not one of ${layouts.join(', ')}`);
  }
  if (activation !== undefined && !activations.includes(activation as Activation)) {
    throw new UsageError(`--activation ${activation} is not one of ${activations.join(', ')}`);
  }
  const count = typeof classes === 'number' ? classes : (classes?.length ?? null);
  if (count !== null && !(Number.isInteger(count) && count >= 1)) {
    throw new UsageError(`--classes ${count} is neither a whole number from 1 nor a list of names`);
  }
  if (spacing?.some((step) => !(step > 0 && step < Infinity))) {
    throw new UsageError(`--spacing ${spacing.join(',')} must be positive numbers, one per spatial axis`);
  }
  for (const label of options.ignoreIndex ?? []) {
    if (!Number.isInteger(label)) throw new UsageError(`--ignore-index ${label} is not a whole number; labels are`);
  }
  if (options.dialect !== undefined) dialectOf(options.dialect);
  const ids = rules.map((rule) => rule.id);
  for (const id of [...(only ?? []), ...disable]) {
    if (!ids.includes(id)) throw new UsageError(`there is no rule "${id}"; lossprobe explain lists them`);
  }
  return {
    specs: (options.loss ?? []).map((text) =>
      parseLoss(options.dialect === undefined ? text : inDialect(text, options.dialect)),
    ),
    reported: options.reported ?? [],
    baseline: options.baseline ?? [],
    layout: layout?.toUpperCase() ?? null,
    activation: (activation as Activation | undefined) ?? null,
    classes: count,
    names: typeof classes === 'object' ? classes : null,
    ignore: options.ignoreIndex ?? [],
    spacing: spacing ?? null,
    weights: typeof weights === 'string' ? recipe(weights) : (weights ?? null),
    exact: options.exact ?? false,
    gradients: options.gradients ?? true,
    table: options.table ?? 'usual',
    selection: { only: only ?? null, disabled: disable },
    onLoss: options.onLoss,
  };
}

const known: readonly string[] = [
  'loss',
  'reported',
  'baseline',
  'dialect',
  'layout',
  'activation',
  'classes',
  'ignoreIndex',
  'weights',
  'spacing',
  'rules',
  'disable',
  'exact',
  'gradients',
  'table',
  'onLoss',
] satisfies (keyof DiagnoseOptions)[];

type CheckedOptions = Omit<DiagnoseOptions, 'loss' | 'reported' | 'baseline' | 'ignoreIndex'> & {
  readonly loss: readonly string[] | undefined;
  readonly reported: readonly string[] | undefined;
  readonly baseline: readonly string[] | undefined;
  readonly ignoreIndex: readonly number[] | undefined;
};

/** Calls from JavaScript: a misspelt option is an error, and a single value stands for a list of one. */
function checked(options: DiagnoseOptions): CheckedOptions {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new UsageError(`there is no option "${name}"; there are ${known.join(', ')}`);
  }
  const list = <T>(value: T | readonly T[] | undefined | null): readonly T[] | undefined =>
    value === undefined || value === null ? undefined : Array.isArray(value) ? value : [value as T];
  return {
    ...options,
    loss: list(options.loss)?.map(String),
    reported: list(options.reported)?.map(String),
    baseline: list(options.baseline)?.map(String),
    ignoreIndex: list(options.ignoreIndex),
  };
}

function dialectOf(id: string): Dialect {
  const found = dialects.find((it) => it.id === id);
  if (found === undefined) {
    throw new UsageError(`--dialect ${id} is not one of ${dialects.map((it) => it.id).join(', ')}`);
  }
  return found;
}

/** A loss as typed, with a library's defaults for what was not typed. */
function inDialect(text: string, id: string): string {
  const dialect = dialectOf(id);
  const [name = '', ...given] = text.split(':');
  const own = (spec: string): string => spec.split(':')[0] ?? '';
  const found = dialect.losses.find(({ spec }) => own(spec) === name.trim());
  if (found === undefined) {
    const there = [...new Set(dialect.losses.map(({ spec }) => own(spec)))].join(', ');
    throw new UsageError(`--dialect ${id} has no loss "${name}"; of its losses lossprobe knows ${there}`);
  }
  const usual = found.spec.slice(own(found.spec).length + 1);
  return `${name}:${[usual, ...given].filter((part) => part !== '').join(',')}`;
}

function recipe(name: string): (pixels: readonly number[]) => readonly number[] {
  const found = weightRecipes[name];
  if (found !== undefined) return found;
  const names = Object.keys(weightRecipes).join(', ');
  throw new UsageError(`--weights ${name} is neither a list of numbers nor one of the recipes ${names}`);
}
