/** What a Python literal of a .npy header can be. */
export type Literal = string | number | boolean | null | Literal[] | Map<string, Literal>;

/** Mark, string, number (with the `L` of Python 2) or name; everything else is not a token. */
const TOKEN = /[{}()[\],:]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?L?|[A-Za-z]+|\S/g;
const NUMBER = /^[-+]?\d/;
const NAMES = new Map<string, Literal>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** Deeper than any header nests; keeps a hostile one from exhausting the stack. */
const DEEPEST = 32;

/**
 * Reads the Python literals that numpy writes: dictionaries with string keys, tuples, lists, strings,
 * numbers, True, False, None. Nothing is evaluated.
 * @throws SyntaxError that says where it stopped.
 */
export function parsePythonLiteral(text: string): Literal {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], at: match.index }));
  let next = 0;

  const peek = (): string => tokens[next]?.text ?? '';
  const fail = (expected: string): never => {
    throw new SyntaxError(`expected ${expected} at character ${(tokens[next]?.at ?? text.length) + 1}`);
  };
  const skip = (mark: string): boolean => {
    const found = peek() === mark;
    if (found) next++;
    return found;
  };

  function value(depth: number): Literal {
    if (depth > DEEPEST) fail('less nesting');
    if (skip('{')) return dictionary(depth);
    if (skip('[')) return items(']', depth).values;
    if (skip('(')) {
      const { values, commas } = items(')', depth);
      return commas === 0 && values.length === 1 ? (values[0] ?? null) : values;
    }
    const token = peek();
    if (NUMBER.test(token)) {
      next++;
      return Number(token.replace('L', ''));
    }
    const name = NAMES.get(token);
    if (name === undefined) return string('a value');
    next++;
    return name;
  }

  function string(expected: string): string {
    const token = peek();
    if (token.length < 2 || !/^['"]/.test(token)) fail(expected);
    next++;
    return token.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  function items(close: string, depth: number): { values: Literal[]; commas: number } {
    const values: Literal[] = [];
    let commas = 0;
    while (!skip(close)) {
      if (values.length > commas) fail(`"," or "${close}"`);
      values.push(value(depth + 1));
      if (skip(',')) commas++;
    }
    return { values, commas };
  }

  function dictionary(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>();
    let separated = true;
    while (!skip('}')) {
      if (!separated) fail('"," or "}"');
      const key = string('a key in quotes');
      if (entries.has(key)) fail(`no second "${key}"`);
      if (!skip(':')) fail('":"');
      entries.set(key, value(depth + 1));
      separated = skip(',');
    }
    return entries;
  }

  const result = value(0);
  if (next < tokens.length) fail('nothing more');
  return result;
}
