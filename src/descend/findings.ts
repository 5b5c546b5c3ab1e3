import type { Notice, Question } from '../core/index.ts';
import {
  classNeverMoves,
  lossBelowBound,
  lossBottomless,
  lossFloor,
  lossNoNumber,
  lossRaises,
  lossStuck,
} from '../questions/index.ts';
import { type Outcome, short } from './outcome.ts';
import type { DescendedClass, DescendedLoss } from './report.ts';

/** What is wrong with the losses as the training code wires them; the candidates are only held beside them. */
export function descentFindings(losses: readonly DescendedLoss[]): Notice[] {
  const wired = losses.filter(({ wiring }) => wiring === 'as-wired');
  const mended = (own: DescendedLoss) => losses.find((it) => it.wiring === 'proper' && it.spec === own.spec);
  const blocked = wired.flatMap((it) => lossFinding(it, mended(it)));
  const still = wired.filter(({ outcome }) => !stopped.includes(outcome)).flatMap(classFindings);
  return [...blocked, ...still];
}

/** Where the loss itself goes nowhere sensible, no class is asked why it does not move. */
const stopped: readonly Outcome[] = ['no-gradient', 'no-number', 'raises', 'bottomless', 'below'];

const questions: Partial<Readonly<Record<Outcome, Pick<Question, 'id' | 'title' | 'severity'>>>> = {
  floor: lossFloor,
  limited: { ...lossFloor, title: 'this loss has a floor that no network gets below' },
  bottomless: lossBottomless,
  below: lossBelowBound,
  'no-gradient': lossStuck,
  'no-number': lossNoNumber,
  raises: lossRaises,
};

function lossFinding(own: DescendedLoss, mended: DescendedLoss | undefined): Notice[] {
  const question = questions[own.outcome];
  if (question === undefined) return [];
  const better =
    mended === undefined || stopped.includes(mended.outcome)
      ? ''
      : ` Handed what it is made for, it ${mended.verdict} in as many steps on the same arrays.`;
  const lowest = Number.isFinite(own.lowerBound)
    ? [{ label: 'lowest value of the formula', value: own.lowerBound }]
    : [];
  return [
    {
      rule: question.id,
      severity: question.severity,
      title: question.title,
      message: `${own.spec} ${own.verdict}.${better} lossprobe without the word descend says what is wrong and which line mends it.`,
      evidence: [
        { label: `${own.spec} as stored`, value: own.start },
        ...(own.trace.length > 1 ? [{ label: `after ${own.trace.length - 1} steps`, value: own.end }] : []),
        ...(own.floor === null ? [] : [{ label: 'lowest value as wired', value: own.floor }]),
        ...lowest,
      ],
    },
  ];
}

function classFindings(own: DescendedLoss): Notice[] {
  return own.classes
    .filter(({ moves }) => moves === false)
    .map((it) => ({
      rule: classNeverMoves.id,
      severity: classNeverMoves.severity,
      title: `class ${named(it)} never moves`,
      message:
        `${own.trace.length - 1} steps under ${own.spec} take the soft recall of class ${named(it)} from ${short(it.recall.before ?? 0)} to ` +
        `${short(it.recall.after ?? 0)}: its share of the gradient is ${short(it.gradientShare ?? 0)}. Give it a gradient of its own: class ` +
        'weights, a region loss that counts it, or the loss that ranks first below.',
      evidence: [
        { label: 'share of the gradient', value: it.gradientShare ?? 0 },
        { label: 'soft recall before', value: it.recall.before ?? 0 },
        { label: 'soft recall after', value: it.recall.after ?? 0 },
      ],
    }));
}

function named({ index, name }: DescendedClass): string {
  return `${index} ${name}`.trim();
}
