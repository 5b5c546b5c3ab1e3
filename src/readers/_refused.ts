import { UNREAD } from './_unread.ts';

/**
 * One sentence for a file that no reader knows: the format found by its signature or, where there is none, by
 * its text or extension, and what to save instead.
 */
export function describeRefused(name: string, head: Uint8Array): string {
  const text = String.fromCharCode(...head.subarray(0, 512));
  const lower = name.toLowerCase();
  const found = UNREAD.find((format) => format.matches(text, lower));
  const stem = /([\w-]+)(?:\.\w+)*$/.exec(name)?.[1] ?? 'array';
  if (found) {
    const excuse = found.isArray === false ? '' : ', which lossprobe does not read yet';
    return `${name} is ${found.what}${excuse}; ${found.instead.replace('STEM', stem)}`;
  }
  const bytes = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${name} starts with the bytes ${bytes}, which no known format does; save the array with numpy.save("${stem}.npy", array) or as PNG`;
}
