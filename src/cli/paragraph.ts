/** Text broken into lines of the width, `indent` in; further lines hang by `hang`. */
export function paragraph(text: string, width: number, hang = '  ', indent = '  '): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = indent + word;
    else if (line.length + 1 + word.length <= Math.min(width, 100)) line += ` ${word}`;
    else {
      lines.push(line);
      line = hang + word;
    }
  }
  return `${[...lines, line].join('\n')}\n`;
}
