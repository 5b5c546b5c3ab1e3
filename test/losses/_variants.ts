import fc from 'fast-check';
import type { Loss, OptionDefinition } from '../../src/core/index.ts';

/** Values worth trying of options that are numbers, under `option` or `loss option`. */
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
  'reduced-threshold': ['0.3'],
  spread: ['0.05'],
  'smooth-l1 beta': ['0', '0.3', '1'],
  'huber delta': ['0.3', '1'],
  margin: ['0', '0.5', '2'],
  power: ['1', '1.5', '2'],
  epsilon: ['-0.5', '0', '2'],
  'target-floor': ['-3'],
  kernel: ['1', '3'],
  alpha: ['0', '0.3', '1'],
  fp: ['0', '1'],
  fn: ['0', '1'],
  // Without one of its errors a score can be perfect wherever the prediction lies, where the power has no slope.
  'focal-tversky fp': ['0.1', '1'],
  'focal-tversky fn': ['0.1', '1'],
  'asymmetric-similarity beta': ['0', '2'],
  exponent: ['0.5', '2'],
  'volume-added': ['0.5'],
  'volume-floor': ['3'],
  penalty: ['0', '1'],
  class: ['0', '1'],
  iterations: ['0', '1'],
  'hausdorff-dt alpha': ['1', '2'],
  'unified-focal gamma': ['0', '0.3', '1'],
  // With 1, a class that is absent is perfect wherever the prediction lies, where the power has no slope.
  'unified-focal delta': ['0.3', '0.9'],
};

/** Lists: one number for all, or one for each of so many. */
function lists(name: string, length: number): string[] {
  if (name === 'distances') {
    const at = (k: number): number => Math.abs((k % length) - Math.floor(k / length)) / 2;
    return [Array.from({ length: length ** 2 }, (_, k) => at(k)).join('/')];
  }
  const one = name === 'alpha' ? '0.25' : '2.5';
  const each = Array.from({ length }, (_, k) => ((k % 3) + 1) / (name === 'alpha' ? 4 : 2));
  return [one, each.join('/')];
}

function valuesOf(id: string, name: string, definition: OptionDefinition, channels: number): readonly string[] {
  switch (definition.type) {
    case 'boolean':
      return ['true', 'false'];
    case 'choice':
      return definition.choices;
    case 'numbers':
      return lists(name, channels);
    case 'number': {
      const { min = -Infinity, max = Infinity } = definition;
      const values = samples[`${id} ${name}`] ?? samples[name] ?? ['0.3', '2'];
      return values.filter((value) => Number(value) >= min && Number(value) <= max);
    }
  }
}

/** Options that do nothing unless another is set too. */
const companions: Readonly<Record<string, string>> = {
  'topk by': 'threshold=0.6',
  'dpce spacing': 'variant=caliva',
};

/** The loss with its defaults, then with every value of every option, as typed. */
export function variants(loss: Loss, channels: number): string[] {
  const changed = Object.entries(loss.options).flatMap(([name, definition]) => {
    const companion = companions[`${loss.id} ${name}`];
    const before = companion === undefined ? '' : `${companion},`;
    return valuesOf(loss.id, name, definition, channels).map((value) => `${loss.id}:${before}${name}=${value}`);
  });
  return [loss.id, ...changed];
}

/** The loss with any of its options at any of their values. */
export function anyVariant(loss: Loss, channels: number): fc.Arbitrary<string> {
  const parts = Object.entries(loss.options).map(([name, definition]) => {
    const values = valuesOf(loss.id, name, definition, channels).map((value) => `${name}=${value}`);
    return fc.option(fc.constantFrom(...values), { nil: '', freq: 2 });
  });
  return fc.tuple(...parts).map((given) => {
    const options = given.filter((part) => part !== '');
    return options.length === 0 ? loss.id : `${loss.id}:${options.join(',')}`;
  });
}
