/** Text broken into lines of the width, `indent` in; further lines hang by `hang`. */
export function paragraph(text: string, width: number, hang = '  ', indent = '  '): string {
  const lines: string[] = [];
  let line = indent.slice(1);
  let empty = true;
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > Math.min(width, 100) && !empty) {
      lines.push(line);
      line = hang.slice(1);
    }
    line += ` ${word}`;
    empty = false;
  }
  return `${[...lines, line].join('\n')}\n`;
}
