import stringWidth from 'string-width';

/** Printable ASCII, one column each: nearly every text, and much faster to measure. */
const isPlain = /^[ -~]*$/;

/** Made when first needed: plain text, nearly always, does without. */
let segmenter: Intl.Segmenter | null = null;

function graphemes(text: string): string[] {
  if (isPlain.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Columns that a text takes on the screen: most Chinese, Japanese and Korean characters take two. */
export function columns(text: string): number {
  return isPlain.test(text) ? text.length : stringWidth(text);
}

/** Breaks text at spaces into lines of at most `width` columns; breaks inside a word only when it is wider. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line && columns(line) + 1 + columns(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line) lines.push(line);
    const pieces = columns(word) <= width ? [word] : broken(word, width);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return line ? [...lines, line] : lines;
}

/** Takes characters out of the middle, so that both ends of a path, folder and file name, stay readable. */
export function shorten(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const room = Math.max(0, width - 3);
  const tail = Math.ceil(room * 0.6);
  const parts = graphemes(text);
  return `${taken(parts, room - tail)}...${taken(parts.reverse(), tail, true)}`;
}

/** Cuts the end off, at a space where there is one near. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const [first = ''] = wrap(text, width - 4);
  return `${first} ...`;
}

/** Spaces up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const segment of graphemes(word)) {
    if (piece && columns(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** As many characters as fit, from the front, or of a reversed text from the back. */
function taken(parts: readonly string[], width: number, reversed = false): string {
  let text = '';
  for (const part of parts) {
    const longer = reversed ? part + text : text + part;
    if (columns(longer) > width) break;
    text = longer;
  }
  return text;
}
