// The parts of README.md that are made from the project itself: what a shipped case prints, and the list of rules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../_project.mjs';

/** README.md with its generated parts, between `<!-- output NAME -->` or `<!-- rules -->` and `<!-- end -->`, made anew. */
export function readme(rules) {
  return readFileSync(join(root, 'README.md'), 'utf8').replace(
    /(<!-- (output|rules) ?(\S*) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start, kind, name, end) => `${start}\n${kind === 'rules' ? ruleList(rules) : output(name)}\n${end}`,
  );
}

/** Command and output of a shipped case; a test holds the output against what the program prints. */
function output(name) {
  const folder = join(root, 'fixtures', 'cases', name);
  const { prediction, target, args } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const text = readFileSync(join(folder, 'expected.txt'), 'utf8').trimEnd();
  return `\`\`\`text\n$ lossprobe ${[prediction, target, ...args].join(' ')}\n\n${text}\n\`\`\`\n`;
}

function ruleList(rules) {
  return `${rules.map(({ id, title }) => `- [\`${id}\`](docs/rules/${id}.md): ${title}`).join('\n')}
`;
}
