// The pages of docs/rules/.
import { explanation, pictures, reports } from './explanation.mjs';
import { capital, page, prose, section, table } from './markdown.mjs';

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
    ...explanation(explain),
    section('What it explains', consequences(explains, rules)),
    section('Seen in the wild', reports(explain)),
    ...pictures(examples),
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
