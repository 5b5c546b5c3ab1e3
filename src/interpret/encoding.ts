import type { Confidence, Encoding, Level, TargetProfile } from '../core/index.ts';
import type { Stack } from '../measure/arrays.ts';

/** How the target's values were read. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Stored values are multiplied by this before anything looks at them (a 0/255 picture is read as 0/1). */
  readonly scale: number;
  /** Where set, every stored value is read as the class of the nearest of these. */
  readonly levels?: readonly Level[];
  readonly because: string;
  readonly confidence: Confidence;
}

/** Reads the encoding of a label map or of a target with channels. */
export function guessEncoding(
  target: Stack,
  profile: TargetProfile,
  channels: number,
  ignore: readonly number[],
): EncodingGuess {
  const { hints, dtype } = target.array;
  const values = [...profile.values.keys()].filter((value) => !ignore.includes(value));
  const image = hints.container === 'image';
  const plain = (encoding: Encoding, because: string, scale = 1, confidence: Confidence = 'sure'): EncodingGuess => ({
    encoding,
    scale,
    because,
    confidence,
  });
  const shown = values.slice(0, 6).join(', ') + (values.length > 6 ? ', ...' : '');
  if (target.channels > 1) {
    if (values.some((value) => value !== 0 && value !== 1)) return plain('soft', 'values between 0 and 1 per channel');
    const several = profile.channelSums?.several ?? 0;
    return several > 1e-3
      ? plain('multi-hot', `${percent(several)} of the pixels have two or more channels set`)
      : plain('one-hot', 'one channel set per pixel');
  }
  if (hints.palette !== undefined) return plain('palette-indices', `palette image; the indices are ${shown}`);
  if (dtype.startsWith('float') && isDividedBy255(values, profile, channels)) {
    return plain('divided-by-255', `all values times 255 are integers, the largest is ${values.at(-1)}`);
  }
  if (values.length === 2 && values[0] === -1 && values[1] === 1)
    return plain('minus-one-one', 'the values are -1 and 1');
  const binaryHead = channels <= 2;
  const [low, high = 0] = values;
  const { ringing } = profile;
  if (binaryHead && image && ringing?.levels.length === 2) {
    const [dark = 0, bright = 255] = ringing.levels;
    const because = `${values.length} grey levels, as lossy compression leaves them around ${dark} and ${bright}; each is read as the nearer of the two`;
    const levels = [[dark, 0] as const, [bright, 1] as const];
    return { ...plain('binary-255', because, 1 / 255, 'likely'), levels };
  }
  if (binaryHead && values.length === 2 && low === 0 && high > 1) {
    return plain(
      'binary-255',
      `the values are 0 and ${high}${image ? ', as pictures have it' : ''}`,
      image ? 1 / high : 1,
    );
  }
  if (binaryHead && image && values.length === 1 && low === 255)
    return plain('binary-255', 'the only value is 255', 1 / 255);
  const top = values.at(-1) ?? 0;
  // 0 to 140 without a gap are numbered things; shades of grey end at 255.
  const numbered = low === 0 && values.length === top + 1 && top < 250;
  if (channels === 1 && image && values.length > 8 && high !== 0 && top >= 128 && !numbered) {
    return plain('soft', `${values.length} grey levels up to ${top}, read as shares of 255`, 1 / 255, 'likely');
  }
  if (profile.integers < 1) return plain('soft', 'values that are no integers');
  if (binaryHead && values.every((value) => value === 0 || value === 1))
    return plain('binary', `the values are ${shown}`);
  return plain('ids', `integers: ${shown}`);
}

/** A float target whose values are k / 255 for few small k: class ids that were scaled like a picture. */
function isDividedBy255(values: readonly number[], profile: TargetProfile, channels: number): boolean {
  const { max } = profile;
  if (!(max > 0 && (max <= 0.5 || max <= channels / 255)) || profile.min < 0) return false;
  const whole = values.every((value) => Math.abs(value * 255 - Math.round(value * 255)) <= 1e-3);
  return whole && values.length <= Math.max(2, channels) + 1;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
