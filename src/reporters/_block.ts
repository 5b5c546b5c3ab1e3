import type { Page } from './_page.ts';
import { columns, padded, shorten, wrap } from './_wrap.ts';

/** One entry of a block: a name, and text beside it; a path stands above the text and is shortened, not broken. */
export interface Row {
  readonly name?: string;
  readonly path?: string;
  readonly text: string;
}

const indent = 2;
const labelWidth = 10;

/** A label in the margin with rows beside it, names and texts each in their own column. */
export function block(label: string, rows: readonly Row[], page: Page): string[] {
  const nameWidth = Math.min(16, Math.max(0, ...rows.map(({ name = '' }) => columns(name))));
  const gap = nameWidth > 0 ? nameWidth + 2 : 0;
  const room = page.prose - indent - labelWidth - gap;
  const lines = rows.flatMap(({ name = '', path, text }) => {
    const texts = [...(path ? [shorten(path, room)] : []), ...wrap(text, room)];
    return texts.map((line, i) => padded(i === 0 ? shorten(name, nameWidth) : '', gap) + line);
  });
  return lines.map((line, i) => ' '.repeat(indent) + page.faint(padded(i === 0 ? label : '', labelWidth)) + line);
}

/** Plain sentences, indented. */
export function paragraph(text: string, page: Page): string[] {
  return wrap(text, page.prose - indent).map((line) => ' '.repeat(indent) + line);
}

/** Sections one below the other with an empty line between them; empty ones are left out. */
export function stacked(sections: readonly (readonly string[])[]): string[] {
  return sections.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}
