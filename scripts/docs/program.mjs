// The pages of docs/ about the program itself.
import { page, prose, table } from './markdown.mjs';

export function reporterList(reporters) {
  const rows = reporters.map(({ id, about, mime }) => [`\`${id}\``, prose(about), mime]);
  return page(
    'Reporters',
    'Chosen with `--reporter id` or `--reporter id=file`; the option can be given more than once.\n',
    table(['reporter', 'what it writes', 'media type'], rows),
  );
}

export function exitCodes() {
  return page(
    'Exit codes',
    table(
      ['code', 'meaning'],
      [
        ['0', 'No finding at or above `--fail-on` (`error` unless said otherwise).'],
        ['1', 'Findings. A mismatch of shapes that a rule explains is a finding too.'],
        ['2', 'Wrong usage or configuration.'],
        ['3', 'Could not judge: an unreadable input, shapes that no rule explains, a rule that crashed.'],
      ],
    ),
    '\nStandard output carries only the report; everything else goes to standard error.',
  );
}
