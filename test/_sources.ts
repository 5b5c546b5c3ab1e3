import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, with a closing slash. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

/** A source file: its path below src/ with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Where an import statement stands, and what it names. */
export interface Import {
  readonly line: number;
  readonly specifier: string;
}

/** Every .ts file below src/, sorted by path. */
export function readSources(): Source[] {
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}src/${path}`, 'utf8') }));
}

/** The import and export-from statements of a module, and its calls of import(). */
export function findImports(text: string): Import[] {
  const statements = /^(?:import|export)\b(?:[\w\s{},*$]+?\bfrom)?\s*'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm;
  return [...text.matchAll(statements)]
    .filter((match) => !isInComment(text, match.index))
    .map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      specifier: match[1] ?? match[2] ?? '',
    }));
}

function isInComment(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index).trimStart();
  return line.startsWith('*') || line.startsWith('//') || line.startsWith('/*');
}
