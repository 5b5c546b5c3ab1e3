// Starts a new member of a collection: its file, its test and the barrels. What stands between << and >> is to be
// replaced; the contract tests fail until it is.
//   npm run new rule some-id      (or loss, formula, repair, reporter, reader)
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { camelCase, root, run, runTool } from './_project.mjs';
import { templates } from './new/templates.mjs';

const folders = {
  rule: 'rules',
  loss: 'losses',
  formula: 'formulas',
  repair: 'repairs',
  reporter: 'reporters',
  reader: 'readers',
};
const [kind, id, ...rest] = process.argv.slice(2);

if (!(kind in folders) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? '') || rest.length > 0) {
  console.error(`usage: npm run new <${Object.keys(folders).join('|')}> <id in lower case, words joined by hyphens>`);
  process.exit(2);
}

const member = `src/${folders[kind]}/${id}.ts`;
const test = `test/${folders[kind]}/${id}.test.ts`;
for (const path of [member, test]) {
  if (!existsSync(join(root, path))) continue;
  console.error(`${path} exists already`);
  process.exit(2);
}

const texts = templates[kind](id, camelCase(id));
for (const [path, text] of [
  [member, texts.member],
  [test, texts.test],
]) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text.trimStart());
}
for (const { status, output } of [
  run(process.execPath, ['scripts/barrels.mjs']),
  runTool('@biomejs/biome', ['check', '--write', member, test]),
]) {
  if (status === 0) continue;
  process.stderr.write(output);
  process.exit(status);
}
console.log(`${member}\n${test}\nFill both in, then: npm run docs, npm test`);
