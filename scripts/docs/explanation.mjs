// What the pages of rules and of questions have in common: the reasons, and the examples.
import { fenced, prose, section, sentence } from './markdown.mjs';

/** The sections of an explanation. */
export function explanation({ why, test, fix, exceptions }) {
  return [
    section('Why it matters', prose(sentence(why))),
    section('What is tested', prose(sentence(test))),
    section('How to fix it', fix.map(({ framework, text }) => `- ${framework}: ${prose(text)}`).join('\n')),
    section('When the rule is wrong', prose(sentence(exceptions))),
  ];
}

/** Public reports of the same defect, as links named by repository and number. */
export function reports({ seen = [] }) {
  return seen.map((address) => `- [${nameOf(address)}](${address})`).join('\n');
}

function nameOf(address) {
  const [, repository, number] = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)$/.exec(address) ?? [];
  return repository === undefined ? address : `${repository}#${number}`;
}

/** The two examples, and what the numbers of their first picture are called. */
export function pictures({ fires, clear }, words = ['Prediction', 'channels']) {
  return [section('Found in', example(fires, words)), section('Not found in', example(clear, words))];
}

/** An example as a picture: one character per pixel, and what each stands for. */
function example(
  {
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
    vectors,
    triplets,
  },
  [drawn, numbers],
) {
  const channels = Object.entries(legend).map(([letter, values]) => `\`${letter}\` = [${values.join(', ')}]`);
  const ids = Object.entries(labels).map(([letter, value]) => `\`${letter}\` = ${value}`);
  const before = (series?.before ?? []).flatMap((picture, k) => [
    series.of === 'modes' ? 'In training mode:' : `Checkpoint ${k + 1}:`,
    fenced(picture),
  ]);
  return [
    ...before,
    `${listed([drawn, dtype, 'one character per pixel'])}; its ${numbers} are ${channels.join(', ')}:`,
    fenced(prediction),
    `${listed(['Target', targetDtype])}${ids.length > 0 ? `; ${ids.join(', ')}` : ''}:`,
    fenced(target),
    repeat && `Both are repeated ${repeat[0]} times down and ${repeat[1]} times across.`,
    hints && `Headers: prediction ${headerText(hints.prediction)}, target ${headerText(hints.target)}.`,
    images && `They are ${images} images, one below the other.`,
    vectors && `Class matrix: \`${JSON.stringify(vectors)}\`.`,
    triplets && `Triplets: \`${JSON.stringify(triplets)}\`.`,
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
