// The pages of docs/questions/.
import { explanation, pictures, reports } from './explanation.mjs';
import { capital, page, prose, section, table } from './markdown.mjs';

const commands = ['descend', 'trend', 'embed'];

export function questionIndex(questions) {
  const rows = commands
    .flatMap((command) => questions.filter((question) => question.command === command))
    .map(({ id, command, severity, title }) => [
      `[\`${id}\`](${id}.md)`,
      `\`lossprobe ${command}\``,
      severity,
      prose(title),
    ]);
  return page(
    'Questions',
    'What the commands with a report of their own find, besides the [rules](../rules/README.md).\n',
    table(['question', 'command', 'severity', 'what is wrong'], rows),
  );
}

export function questionPage({ id, command, title, severity, explain, examples }) {
  return page(
    capital(title),
    `\`${id}\`: ${severity} of \`lossprobe ${command}\`.\n`,
    ...explanation(explain),
    section('Seen in the wild', reports(explain)),
    ...pictures(examples, command === 'embed' ? ['Features', 'components'] : undefined),
  );
}
