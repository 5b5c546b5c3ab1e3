import type { Activation, Encoding, Kind, LossSpec } from '../core/index.ts';
import type { TargetMode } from '../measure/target.ts';

/** One channel is a yes/no question; several are exclusive unless the target or the loss says that they overlap. */
export function kindOf(
  channels: number,
  targetChannels: number,
  encoding: Encoding,
  activation: Activation,
  specs: readonly LossSpec[],
): Kind {
  if (channels === 1) return 'binary';
  if (targetChannels === 1) return 'exclusive';
  // Overlapping classes under losses that know one class per pixel only: a defect to be named, not another problem.
  const oneClass = specs.length > 0 && specs.every(({ loss }) => !loss.kinds.includes('multilabel'));
  if (encoding === 'multi-hot') return oneClass ? 'exclusive' : 'multilabel';
  if (encoding === 'soft' || activation === 'sigmoid') return 'multilabel';
  const perChannel = specs.some(
    (spec) => spec.loss.activation(spec.options, 'multilabel') === 'sigmoid' && spec.from !== 'auto',
  );
  return perChannel ? 'multilabel' : 'exclusive';
}

/** Class ids where one channel of labels is enough, one-hot channels of exclusive classes, or values per channel. */
export function modeOf(kind: Kind, targetChannels: number): TargetMode {
  if (kind !== 'exclusive') return 'dense';
  return targetChannels === 1 ? 'ids' : 'one-hot';
}
