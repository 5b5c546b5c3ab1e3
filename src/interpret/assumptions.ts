import type { Assumption, Kind } from '../core/index.ts';
import type { Settings } from './settings.ts';

/** Several channels: exclusive, or each a question of its own. */
export function kindAssumption(kind: Kind, channels: number, because: string): Assumption[] {
  if (kind === 'binary') return [];
  const chosen = kind === 'exclusive' ? `${channels} classes, one per pixel` : `${channels} classes that may overlap`;
  return [{ about: 'classes', chosen, because, override: '--classes', confidence: 'sure' }];
}

/** What is ignored although nobody said so. */
export function ignoreAssumption(declared: readonly number[], ignore: readonly number[]): Assumption[] {
  if (declared.length === ignore.length) return [];
  const because = "torch's cross-entropy ignores -100 unless told otherwise";
  return [{ about: 'ignored label', chosen: '-100', because, override: '--ignore-index', confidence: 'likely' }];
}

/** One-hot rows of zeros have no class. */
export function voidAssumption(kind: Kind, none: number): Assumption[] {
  if (kind !== 'exclusive' || !(none > 0)) return [];
  const because = `${Number((100 * none).toPrecision(3))} % of the pixels have no channel set; torch counts them in its mean all the same`;
  return [{ about: 'pixels without a class', chosen: 'ignored', because, override: null, confidence: 'likely' }];
}

/** Weights that a weighted loss needs and nobody gave. */
export function weightAssumption({ specs, weights }: Settings): Assumption[] {
  if (weights !== null || !specs.some(({ loss }) => loss.id === 'weighted-ce')) return [];
  const because = 'weighted-ce was declared without weights';
  return [{ about: 'class weights', chosen: '1/frequency', because, override: '--weights', confidence: 'guess' }];
}
