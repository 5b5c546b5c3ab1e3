// Pieces of Markdown that the pages of docs/ are put together from.

/** Plain text as Markdown: characters that would be read as markup are escaped, except between backticks. */
export function prose(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[*<\\]/g, '\\$&')))
    .join('');
}

/** A table; cells are Markdown already. */
export function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text to be shown as typed. */
export function fenced(text) {
  return `\`\`\`text\n${text.replace(/^\n+|\s+$/g, '')}\n\`\`\``;
}

/** A heading and what stands under it; nothing when there is nothing to say. */
export function section(heading, body) {
  return body ? `## ${heading}\n\n${body}\n` : '';
}

/** A page: title and parts, empty parts left out. */
export function page(title, ...parts) {
  return [`# ${prose(title)}\n`, ...parts.filter(Boolean)].join('\n');
}

/** First letter upper case, if the first word is a plain one: symbols such as p and names such as log_softmax stay. */
export function capital(text) {
  return /^[a-z]{3,}(?![\w.(])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** The text as a sentence of its own. */
export function sentence(text) {
  return `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
