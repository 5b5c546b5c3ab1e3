import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findImports, readSources, root } from './_sources.ts';

/** Who may import whom: each part of src/, and the other parts that its files may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  kernels: [],
  readers: ['core', 'kernels'],
  // The collections: one file per member. None of them sees a pixel but the measures.
  measures: ['core', 'kernels'],
  losses: ['core', 'measures'],
  embeddings: ['core', 'kernels', 'questions'],
  rules: ['core', 'measures'],
  questions: ['core'],
  formulas: ['core', 'measures'],
  dialects: ['core'],
  repairs: ['core'],
  reporters: ['core'],
  // The steps of the straight line, in its order.
  measure: ['core', 'kernels', 'measures', 'losses'],
  interpret: ['core', 'kernels', 'measures', 'measure'],
  diagnose: ['core', 'losses', 'measure', 'options.ts'],
  identify: ['core', 'diagnose'],
  report: ['core', 'measures'],
  'pipeline.ts': ['core', 'interpret', 'measure', 'measures', 'diagnose', 'report', 'rules', 'repairs', 'formulas'],
  'comparison.ts': ['core', 'dialects', 'interpret', 'measure', 'pipeline.ts'],
  descend: ['core', 'kernels', 'measures', 'questions', 'measure', 'interpret', 'diagnose', 'report', 'pipeline.ts'],
  trend: ['core', 'measures', 'questions', 'measure', 'interpret', 'diagnose', 'rules', 'report', 'pipeline.ts'],
  'options.ts': ['core', 'descend', 'dialects', 'interpret', 'measure', 'measures', 'rules', 'pipeline.ts'],
  // The doors: for browsers, for Node, for the shell.
  'index.ts': [
    'core',
    'readers',
    'measure',
    'losses',
    'embeddings',
    'rules',
    'formulas',
    'reporters',
    'report',
    'descend',
    'trend',
    'options.ts',
    'pipeline.ts',
  ],
  'example.ts': ['core', 'diagnose', 'index.ts'],
  // Of the measuring only what another thread does.
  host: ['core', 'readers', 'kernels', 'measure'],
  'from-files.ts': ['core', 'host', 'descend', 'trend', 'options.ts', 'pipeline.ts', 'report'],
  'node.ts': ['index.ts', 'from-files.ts', 'host'],
  cli: [
    'core',
    'losses',
    'embeddings',
    'rules',
    'questions',
    'formulas',
    'reporters',
    'example.ts',
    'diagnose',
    'identify',
    'report',
    'host',
    'options.ts',
    'comparison.ts',
    'descend',
    'trend',
    'dialects',
    'from-files.ts',
  ],
};

/** The same for what is not ours: Node's own modules, and packages. Those that are not listed may not be imported. */
const mayBeImportedBy: Readonly<Record<string, readonly string[]>> = {
  'node:*': ['host', 'cli', 'node.ts'],
  sharp: ['host'],
  chalk: ['reporters', 'cli'],
  'cli-table3': ['reporters', 'cli'],
  'string-width': ['reporters', 'cli'],
  commander: ['cli'],
  munkres: ['measures'],
};

/** Collections: one file per member, exporting one object whose id is the name of the file. */
const collections = ['readers', 'losses', 'embeddings', 'rules', 'questions', 'repairs', 'formulas', 'reporters'];

/** Collections with one page of documentation per member. */
const documented = ['losses', 'embeddings', 'rules', 'questions', 'formulas'];

/** Files that are tables of data, and may therefore be long. */
const tables: readonly string[] = [];

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

const sources = readSources();

/** What is wrong with an import, or null. `path` is below src/. */
function complaint(path: string, specifier: string): string | null {
  const from = partOf(path);
  const allowed = mayImport[from];
  if (!allowed) return `src/${from} has no line in the table of test/architecture.test.ts`;
  if (!specifier.startsWith('.')) {
    const name = specifier.startsWith('node:') ? 'node:*' : specifier;
    if (mayBeImportedBy[name]?.includes(from)) return null;
    return `only ${mayBeImportedBy[name]?.map(label).join(', ') ?? 'nothing'} may import ${name}, not ${label(from)}`;
  }
  const to = partOf(posix.join(posix.dirname(path), specifier));
  if (to === from || allowed.includes(to)) return null;
  return `${label(from)} may import ${allowed.join(', ') || 'nothing'}, not ${to}`;
}

/** The folder, or for files beside the folders the file, that a path below src/ belongs to. */
function partOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function label(part: string): string {
  return part.endsWith('.ts') ? part : `${part}/`;
}

/** Member files of a collection, as ids. */
function membersOf(collection: string): string[] {
  return sources
    .filter(({ path }) => path.startsWith(`${collection}/`) && /^[^_/]+\.ts$/.test(path.slice(collection.length + 1)))
    .map(({ path }) => path.slice(collection.length + 1, -'.ts'.length))
    .filter((id) => id !== 'index');
}

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

describe('who may import whom', () => {
  test('every import in src is one that the table allows', () => {
    const broken = sources.flatMap(({ path, text }) =>
      findImports(text).flatMap(({ line, specifier }) => {
        const problem = complaint(path, specifier);
        return problem ? [`${problem}: src/${path}:${line}`] : [];
      }),
    );
    expect(broken).toEqual([]);
  });

  test('the check names the parts of a forbidden import', () => {
    expect(complaint('rules/x.ts', '../reporters/json.ts')).toBe('rules/ may import core, measures, not reporters');
    expect(complaint('core/case.ts', '../kernels/sums.ts')).toBe('core/ may import nothing, not kernels');
    expect(complaint('losses/ce.ts', 'node:fs')).toBe('only host/, cli/, node.ts may import node:*, not losses/');
    expect(complaint('cli/main.ts', 'sharp')).toBe('only host/ may import sharp, not cli/');
    expect(complaint('host/files.ts', 'left-pad')).toBe('only nothing may import left-pad, not host/');
    expect(complaint('utils/x.ts', './y.ts')).toBe('src/utils has no line in the table of test/architecture.test.ts');
  });

  test('the check allows what the table allows, and files of the same folder', () => {
    expect(complaint('rules/x.ts', '../measures/overlap.ts')).toBeNull();
    expect(complaint('rules/x.ts', './_limits.ts')).toBeNull();
    expect(complaint('kernels/scalar/softmax.ts', '../sums.ts')).toBeNull();
    expect(complaint('host/files.ts', 'node:fs/promises')).toBeNull();
    expect(complaint('cli/main.ts', '../options.ts')).toBeNull();
  });

  test('imports of every form are found, with their line, and those in comments are not', () => {
    const text = [
      "import type { A } from './a.ts';",
      'import {',
      '  b,',
      "} from './b.ts';",
      "export * from './c.ts';",
      "import './d.ts';",
      " * {import('./comment.ts').Type}",
      "const e = await import('./e.ts');",
      "export const text = 'import';",
    ].join('\n');
    expect(findImports(text)).toEqual([
      { line: 1, specifier: './a.ts' },
      { line: 2, specifier: './b.ts' },
      { line: 5, specifier: './c.ts' },
      { line: 6, specifier: './d.ts' },
      { line: 8, specifier: './e.ts' },
    ]);
  });
});

describe('one member per file', () => {
  for (const collection of collections) {
    test(`every file of ${collection}/ exports an object whose id is the file name`, async () => {
      for (const id of membersOf(collection)) {
        const module = await import(pathToFileURL(`${root}src/${collection}/${id}.ts`).href);
        expect(module[camelCase(id)]?.id, `src/${collection}/${id}.ts must export ${camelCase(id)}`).toBe(id);
      }
    });
  }

  for (const collection of documented) {
    test(`every member of ${collection}/ has a page in docs/`, () => {
      const missing = membersOf(collection).filter((id) => !existsSync(`${root}docs/${collection}/${id}.md`));
      expect(missing, 'run npm run docs').toEqual([]);
    });
  }
});

describe('files and folders', () => {
  test('no file of src has more than 300 lines, unless it is a table of data', () => {
    const long = sources.filter(({ path, text }) => !tables.includes(path) && text.split('\n').length - 1 > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('nothing is called utils, helpers or common', () => {
    const vague = sources.filter(({ path }) => /(^|\/)_?(utils?|helpers?|common)(\/|\.ts$)/.test(path));
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  test('the type any stands in core only', () => {
    const careless = sources.filter(({ path, text }) => partOf(path) !== 'core' && text.includes('/noExplicitAny'));
    expect(careless.map(({ path }) => path)).toEqual([]);
  });

  test('the lock file names every optional package, also those for other platforms, or npm ci refuses it', () => {
    const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as Lock;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('the program in bin is only a few lines', () => {
    expect(readFileSync(`${root}bin/lossprobe.js`, 'utf8').split('\n').length).toBeLessThan(20);
  });
});
