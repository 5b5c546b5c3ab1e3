/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Lists of scalars are filled up to here. */
const lineWidth = 100;

/** JSON indented by two spaces, but with lists of numbers and words side by side instead of one per line. */
export function layOut(value: Json, indent = ''): string {
  if (value === null || typeof value !== 'object') return scalar(value);
  const deeper = `${indent}  `;
  if (isList(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) return listOfScalars(value, indent);
    return `[\n${value.map((item) => deeper + layOut(item, deeper)).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, item]) => `${deeper}${scalar(key)}: ${layOut(item, deeper)}`);
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** One line if it fits, else as many filled lines as it takes. */
function listOfScalars(items: readonly Json[], indent: string): string {
  const texts = items.map(scalar);
  const oneLine = `[${texts.join(', ')}]`;
  if (indent.length + oneLine.length <= lineWidth) return oneLine;
  const lines: string[] = [];
  let line = '';
  for (const [i, text] of texts.entries()) {
    const item = i === texts.length - 1 ? text : `${text},`;
    if (line && indent.length + 2 + line.length + 1 + item.length > lineWidth) {
      lines.push(line);
      line = item;
    } else {
      line = line ? `${line} ${item}` : item;
    }
  }
  return `[\n${[...lines, line].map((text) => `${indent}  ${text}`).join('\n')}\n${indent}]`;
}

/** Escapes also what JSON would allow raw but a terminal, an editor or a script element would act upon. */
function scalar(value: Json): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
