// The pages of docs/losses/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../_project.mjs';
import { capital, fenced, page, prose, section, sentence, table } from './markdown.mjs';

export function lossIndex(losses) {
  const catalogue = losses.map(({ id, title, family, from, when }) => [
    `[\`${id}\`](${id}.md)`,
    prose(title),
    family,
    from,
    prose(when),
  ]);
  return page(
    'Losses',
    section('Catalogue', table(['loss', 'title', 'family', 'is handed', 'use it when'], catalogue)),
    section('Options', `${optionText}\n\n${optionTable(losses)}`),
  );
}

const optionText = `A loss is spelt \`id\` or \`id:option=value,option=value\`, as in \`dice:smooth=1,background=false\`; a sum of losses
as in \`dice + 0.5*ce\`. Every loss takes \`from\`, which says what the training code hands it: \`logits\`, \`probabilities\`,
\`log-probabilities\`, or \`auto\` for whatever the file holds. A list is written \`0.2/1/3\`; on the command line
\`option=@file\` takes it from a JSON, text or \`.npy\` file.`;

/** One row per option; an option whose values or meaning depend on the loss has one for each. */
function optionTable(losses) {
  const rows = new Map();
  for (const { id, options } of losses) {
    for (const [name, definition] of Object.entries(options)) {
      const cells = [`\`${name}\``, valuesOf(definition), prose(definition.about)];
      const key = cells.join('\n');
      const row = rows.get(key) ?? { cells, users: [] };
      row.users.push(`[${id}](${id}.md) ${defaultOf(definition)}`);
      rows.set(key, row);
    }
  }
  const sorted = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { cells, users }]) => [...cells, users.join(', ')]);
  return table(['option', 'values', 'meaning', 'losses and their defaults'], sorted);
}

const figures = (name) => JSON.parse(readFileSync(join(root, 'fixtures', 'reference', name), 'utf8'));

/** What becomes of a loss where there is little to work with: our figures are those of the tests, which hold for every line. */
function degenerate(id) {
  const own = figures('degenerate.json')[id] ?? {};
  const others = figures('degenerate-libraries.json').filter(({ loss }) => loss === id);
  const rows = Object.entries(own).map(([input, { value, gradient }]) => {
    const elsewhere = others
      .filter((it) => it.input === input)
      .map(
        ({ library, does, as }) =>
          `${prose(`${library}: ${does}`)}${as === undefined || as === id ? '' : ` (\`${as}\`)`}`,
      );
    return [input, value, gradient, elsewhere.join('; ')];
  });
  if (rows.length === 0) return '';
  const head = ['input', 'value', 'norm of the gradient', 'libraries'];
  return `${degenerateText}\n\n${table(
    others.length > 0 ? head : head.slice(0, 3),
    rows.map((row) => (others.length > 0 ? row : row.slice(0, 3))),
  )}`;
}

const degenerateText = `Of 4 x 4 pixels with ordinary scores, under the default options. Where a library does something else, the spec in brackets
does the same here.`;

export function lossPage(loss) {
  const { id, title, family, formula, about, when, source, options, from, kinds, weighted } = loss;
  const rows = Object.entries(options).map(([name, definition]) => [
    `\`${name}\``,
    valuesOf(definition),
    defaultOf(definition),
    prose(definition.about),
  ]);
  return page(
    capital(title),
    `\`${id}\`: a ${family} loss for ${listed(kinds)} targets. It is handed ${handed[from]}, unless \`from\` says otherwise. ${
      weighted ? '`--weights` applies.' : '`--weights` does not apply.'
    }\n`,
    `${fenced(formula)}\n`,
    `${prose(sentence(about))}\n`,
    section('When to use it', prose(sentence(when))),
    section('Options', rows.length > 0 ? table(['option', 'values', 'default', 'meaning'], rows) : ''),
    section('Degenerate inputs', degenerate(id)),
    section('Source', prose(source)),
  );
}

const handed = {
  logits: 'logits',
  probabilities: 'probabilities',
  'log-probabilities': 'log-probabilities',
  auto: 'what the file holds, activated if need be',
};

function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join();
}

export function valuesOf({ type, choices, min, max }) {
  if (type === 'choice') return choices.map((choice) => `\`${choice}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (min !== undefined && max !== undefined) return `${type}, ${min} to ${max}`;
  if (min !== undefined) return `${type}, at least ${min}`;
  return max !== undefined ? `${type}, at most ${max}` : type;
}

export function defaultOf({ default: value }) {
  if (value === null) return 'none';
  return `\`${Array.isArray(value) ? value.join('/') : value}\``;
}
