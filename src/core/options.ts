/** One option of a loss. The same name means the same thing in every loss that has it. */
export type OptionDefinition =
  | {
      readonly type: 'number';
      readonly default: number | null;
      readonly about: string;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly type: 'boolean'; readonly default: boolean; readonly about: string }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[]; readonly about: string }
  | { readonly type: 'numbers'; readonly default: readonly number[] | null; readonly about: string };

/** One option of a certain type. */
export type Definition<T extends OptionDefinition['type']> = Extract<OptionDefinition, { type: T }>;

export type OptionTable = Readonly<Record<string, OptionDefinition>>;

export type OptionValue = number | boolean | string | readonly number[] | null;

type ValueOf<D> = D extends { type: 'number'; default: infer V }
  ? V extends null
    ? number | null
    : number
  : D extends { type: 'boolean' }
    ? boolean
    : D extends { type: 'choice'; choices: readonly (infer V)[] }
      ? V
      : D extends { type: 'numbers'; default: infer V }
        ? V extends null
          ? readonly number[] | null
          : readonly number[]
        : OptionValue;

/** The values of an option table, typed from its definitions. */
export type OptionValues<O extends OptionTable> = { readonly [K in keyof O]: ValueOf<O[K]> };

/** What a weighted mean is divided by, in every loss that takes class weights. */
export const divideBy = {
  type: 'choice',
  default: 'weights',
  choices: ['weights', 'count'],
  about: 'a weighted mean is divided by the sum of the weights (torch) or by the number of pixels',
} as const satisfies Definition<'choice'>;

/** `mean` or `sum`; each family says over what. */
export const reduction = {
  type: 'choice',
  default: 'mean',
  choices: ['mean', 'sum'],
  about: 'mean or sum',
} as const satisfies Definition<'choice'>;
