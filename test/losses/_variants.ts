import fc from 'fast-check';
import type { Loss, OptionDefinition } from '../../src/core/index.ts';

/** Values worth trying of options that are numbers; every such option of every loss must be here. */
const samples: Readonly<Record<string, readonly string[]>> = {
  'label-smoothing': ['0.1', '0.6'],
  clip: ['0.2'],
  'log-floor': ['-0.7'],
  gamma: ['0', '0.5', '1', '3.5'],
  smooth: ['0', '1'],
  'smooth-nr': ['0', '0.5'],
  'smooth-dr': ['0', '2'],
  eps: ['1e-7', '50'],
  r: ['0', '0.3', '1'],
  k: ['35', '100'],
  threshold: ['0.4', '0.6'],
  plus: ['0', '2'],
  limit: ['0.5'],
};

/** Lists: one number for all, or one for each of so many. */
function lists(name: string, length: number): string[] {
  const one = name === 'alpha' ? '0.25' : '2.5';
  const each = Array.from({ length }, (_, k) => ((k % 3) + 1) / (name === 'alpha' ? 4 : 2));
  return [one, each.join('/')];
}

function valuesOf(name: string, definition: OptionDefinition, channels: number): readonly string[] {
  switch (definition.type) {
    case 'boolean':
      return ['true', 'false'];
    case 'choice':
      return definition.choices;
    case 'numbers':
      return lists(name, channels);
    case 'number': {
      if (name === 'alpha') return ['0', '0.3', '1'];
      const known = samples[name];
      if (known === undefined) throw new Error(`add values of "${name}" to test/losses/_variants.ts`);
      return known;
    }
  }
}

/** Options that do nothing unless another is set too. */
const companions: Readonly<Record<string, string>> = { by: 'threshold=0.6', spacing: 'variant=caliva' };

/** The loss with its defaults, then with every value of every option, as typed. */
export function variants(loss: Loss, channels: number): string[] {
  const changed = Object.entries(loss.options).flatMap(([name, definition]) => {
    const before = companions[name] === undefined ? '' : `${companions[name]},`;
    return valuesOf(name, definition, channels).map((value) => `${loss.id}:${before}${name}=${value}`);
  });
  return [loss.id, ...changed];
}

/** The loss with any of its options at any of their values. */
export function anyVariant(loss: Loss, channels: number): fc.Arbitrary<string> {
  const parts = Object.entries(loss.options).map(([name, definition]) => {
    const values = valuesOf(name, definition, channels).map((value) => `${name}=${value}`);
    return fc.option(fc.constantFrom(...values), { nil: '', freq: 2 });
  });
  return fc.tuple(...parts).map((given) => {
    const options = given.filter((part) => part !== '');
    return options.length === 0 ? loss.id : `${loss.id}:${options.join(',')}`;
  });
}
