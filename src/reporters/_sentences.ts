/** Names that stay as they are typed, also as a part of a word. */
const names: ReadonlySet<string> = new Set(
  [
    'argmax',
    'bce',
    'brier',
    'ce',
    'dice',
    'dpce',
    'exp',
    'focal',
    'hinge',
    'iou',
    'js',
    'kl',
    'ln',
    'lossprobe',
  ].concat(['mcc', 'mse', 'nll', 'numpy', 'p', 'sharp', 'ss', 'topk', 'torch', 'tversky', 'z']),
);

const start = /(^|(?<!\be\.g|\bi\.e|\bcf|\bvs|\.\.)[.!?] )([a-z]+(?:-[a-z]+)*)(?=[ ,;)]|[:.?](?: |$)|$)/g;

/** A finding as text to be read: every sentence starts with a capital letter, names aside, and the last one ends with a stop. */
export function sentences(text: string): string {
  const capital = text.replace(start, (whole, before: string, word: string) =>
    word.split('-').some((part) => names.has(part)) ? whole : before + word.charAt(0).toUpperCase() + word.slice(1),
  );
  return capital === '' || /[.!?:]$/.test(capital) ? capital : `${capital}.`;
}
