// The pages of docs/rules/.
import { capital, fenced, page, prose, section, sentence, table } from './markdown.mjs';

const severities = ['error', 'warning', 'note'];

export function ruleIndex(rules) {
  const rows = severities
    .flatMap((severity) => rules.filter((rule) => rule.severity === severity))
    .map(({ id, severity, title }) => [`[\`${id}\`](${id}.md)`, severity, prose(title)]);
  return page('Rules', 'Every defect that lossprobe looks for.\n', table(['rule', 'severity', 'what is wrong'], rows));
}

export function rulePage({ id, title, severity, explain, examples, looksAt, explains }, rules) {
  return page(
    capital(title),
    `\`${id}\`: ${severity}. ${looksAt.length > 0 ? `Looks at the ${looksAt.map(materialName).join(' and the ')}.` : 'Asked in every case.'}\n`,
    section('Why it matters', prose(sentence(explain.why))),
    section('What is tested', prose(sentence(explain.test))),
    section('How to fix it', explain.fix.map(({ framework, text }) => `- ${framework}: ${prose(text)}`).join('\n')),
    section('When the rule is wrong', prose(sentence(explain.exceptions))),
    section('What it explains', consequences(explains, rules)),
    section('Found in', example(examples.fires)),
    section('Not found in', example(examples.clear)),
  );
}

function materialName(material) {
  return material === 'pair' ? 'prediction and target together' : material;
}

function consequences(explains, rules) {
  if (explains.length === 0) return '';
  const names = explains.map((id) => {
    if (id === '*') return 'the usual consequences of any cause';
    return rules.some((rule) => rule.id === id) ? `[\`${id}\`](${id}.md)` : `\`${id}\``;
  });
  return `When it is found, these findings are taken to follow from it: ${names.join(', ')}.`;
}

/** An example as a picture: one character per pixel, and what each stands for. */
function example({
  prediction,
  legend,
  target,
  labels = {},
  repeat,
  images,
  dtype,
  targetDtype,
  hints,
  series,
  args = [],
}) {
  const channels = Object.entries(legend).map(([letter, values]) => `\`${letter}\` = [${values.join(', ')}]`);
  const ids = Object.entries(labels).map(([letter, value]) => `\`${letter}\` = ${value}`);
  const before = (series?.before ?? []).flatMap((picture, k) => [
    series.of === 'modes' ? 'In training mode:' : `Checkpoint ${k + 1}:`,
    fenced(picture),
  ]);
  return [
    ...before,
    `${listed(['Prediction', dtype, 'one character per pixel'])}; its channels are ${channels.join(', ')}:`,
    fenced(prediction),
    `${listed(['Target', targetDtype])}${ids.length > 0 ? `; ${ids.join(', ')}` : ''}:`,
    fenced(target),
    repeat && `Both are repeated ${repeat[0]} times down and ${repeat[1]} times across.`,
    hints && `Headers: prediction ${headerText(hints.prediction)}, target ${headerText(hints.target)}.`,
    images && `They are ${images} images, one below the other.`,
    args.length > 0 && `Options: \`${args.join(' ')}\``,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function headerText(hints) {
  return Object.entries(hints)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}

function listed(words) {
  return words.filter(Boolean).join(', ');
}
