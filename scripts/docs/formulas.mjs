// The pages of docs/formulas/.
import { capital, fenced, page, prose, sentence, table } from './markdown.mjs';

export function formulaIndex(formulas) {
  const rows = formulas.map(({ id, title }) => [`[\`${id}\`](${id}.md)`, prose(title)]);
  return page(
    'Formulas',
    'The ways in which lossprobe tries to reach a number given with `--reported`.\n',
    table(['formula', 'what it supposes'], rows),
  );
}

export function formulaPage({ id, title, about, formula }) {
  return page(capital(title), `\`${id}\`\n`, `${fenced(formula)}\n`, prose(sentence(about)));
}
