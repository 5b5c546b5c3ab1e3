// The pages of docs/embeddings/.
import { defaultOf, valuesOf } from './losses.mjs';
import { capital, fenced, page, prose, section, sentence, table } from './markdown.mjs';

export function embeddingIndex(embeddings) {
  const rows = embeddings.map(({ id, title, when }) => [`[\`${id}\`](${id}.md)`, prose(title), prose(when)]);
  return page('Embedding losses', `${command}\n`, section('Catalogue', table(['loss', 'title', 'use it when'], rows)));
}

const command = `\`lossprobe embed <features> <mask>\` takes these losses on exported features, [D, H, W] or [D, Z, H, W], with the
class ids of the pixels. \`--weights\` names the class matrix [C, D]; without it the class means stand in for it, as
constants. \`--loss id:option=value\` chooses losses; without it all are taken. What it finds is listed among the
[questions](../questions/README.md).`;

export function embeddingPage({ id, title, formula, about, when, source, options }) {
  const rows = Object.entries(options).map(([name, definition]) => [
    `\`${name}\``,
    valuesOf(definition),
    defaultOf(definition),
    prose(definition.about),
  ]);
  return page(
    capital(title),
    `\`${id}\`: an embedding loss, for \`lossprobe embed\`.\n`,
    `${fenced(formula)}\n`,
    `${prose(sentence(about))}\n`,
    section('When to use it', prose(sentence(when))),
    section('Options', table(['option', 'values', 'default', 'meaning'], rows)),
    section('Source', prose(source)),
  );
}
