import { type StoredLoss, UsageError } from '../core/index.ts';
import { parseLoss } from '../measure/spec.ts';

/**
 * Reads `ce=0.337` or `focal:gamma=3=0.12`: the value stands behind the last =.
 * @throws UsageError when there is no such loss, or no number.
 */
export function parseStored(text: string): StoredLoss {
  const at = text.lastIndexOf('=');
  const spec = text.slice(0, Math.max(0, at)).trim();
  const typed = text.slice(at + 1).trim();
  const value = Number(typed);
  if (spec === '' || typed === '' || (Number.isNaN(value) && typed !== 'NaN')) {
    throw new UsageError(`--baseline "${text}" is not a loss and its value; type it as in ce=0.337`);
  }
  refuseUnknown(spec);
  return { spec, value };
}

/** A misspelt loss would be compared with nothing, without a word. */
function refuseUnknown(spec: string): void {
  try {
    parseLoss(spec);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace('--loss', '--baseline'));
  }
}
