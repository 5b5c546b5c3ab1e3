import type { Formula, LossSpec, Supposition, TargetTotals } from '../core/index.ts';
import { weightRecipes } from '../measures/index.ts';

/** Other class weights than those declared. */
export const weightsPermuted: Formula = {
  id: 'weights-permuted',
  title: 'class weights in another order, or none',
  about:
    'The weights were not applied, stand in another order (reversed, shifted by one, sorted; every order of up to ' +
    'four), are one over themselves, or come from a usual recipe that nobody declared, divided by their sum or by the number of pixels.',
  formula: 'loss(w permuted)',
  suppose: ({ spec, subject, totals }) => {
    if (!spec.loss.weighted) return [];
    const { weights, rows } = subject;
    if (weights === null) return spec.loss.id === 'weighted-ce' ? [] : recipes(spec, rows, totals);
    const ascending = [...weights].sort((a, b) => a - b);
    const orders: [string, number[]][] = [
      ['class weights not applied', weights.map(() => 1)],
      ['class weights in reverse order', [...weights].reverse()],
      ['class weights shifted: the first one last', [...weights.slice(1), ...weights.slice(0, 1)]],
      ['class weights shifted: the last one first', [...weights.slice(-1), ...weights.slice(0, -1)]],
      ['class weights sorted upwards', ascending],
      ['class weights sorted downwards', [...ascending].reverse()],
      ['one over the class weights', weights.map((own) => (own > 0 ? 1 / own : 0))],
      ...(weights.length <= 4 ? permutations([...weights]) : []).map((own): [string, number[]] => [
        `class weights in the order ${own.map((it) => Number(it.toPrecision(4))).join(', ')}`,
        own,
      ]),
    ];
    return orders
      .filter(([, own]) => own.join() !== weights.join())
      .map(([departure, own]) => ({ departures: [departure], weights: own }));
  },
};

/** The usual recipes on the pixels of these arrays. */
function recipes({ loss }: LossSpec, rows: number, { channels, count, valid }: TargetTotals): Supposition[] {
  const pixels = new Array<number>(channels).fill(0);
  count.forEach((own, cell) => {
    pixels[cell % channels] = (pixels[cell % channels] ?? 0) + own;
  });
  const all = valid.reduce((a, b) => a + b, 0);
  const perRow = rows > channels ? [all - (pixels[0] ?? 0), pixels[0] ?? 0] : pixels;
  return Object.entries(weightRecipes).flatMap(([name, recipe]) => {
    const departures = [`class weights by the recipe ${name}`];
    const weights = recipe(perRow);
    if (loss.id !== 'ce') return [{ departures, weights }];
    const plainly = [...departures, 'divided by the number of pixels, not by the weights'];
    return [
      { departures, weights },
      { departures: plainly, weights, loss: 'weighted-ce:divide-by=count' },
    ];
  });
}

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}
