import { expect, test } from 'vitest';
import type { Evidence, Verdict } from '../../src/core/report.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { display, oneCase, report, verdict } from './_builders.ts';

const unit = '% of the loss';
const hardest: Evidence = { label: 'hardest 1 % of the pixels', value: 61.25, unit, limit: 50 };
const band: Evidence = { label: 'up to 1 px from a boundary (4 % of the pixels)', value: 43.1, unit };
const box: Evidence = { label: 'image 2, class 3 (pole) in [54, 97, 58, 102], 18 pixels', value: 0.5, unit };
const mean: Evidence = { label: 'mean cross-entropy', value: 0.2 };

function note(rule: string, evidence: readonly Evidence[], changes: Partial<Verdict> = {}): Verdict {
  return verdict({ rule, status: 'found', severity: 'note', message: 'here', evidence, ...changes });
}

function screen(...verdicts: readonly Verdict[]): string {
  return terminal.render(report(oneCase({ verdicts })), display());
}

test('the places of the loss stand in one table, each once', () => {
  const lines = screen(
    note('boundary-errors', [band, mean]),
    note('loss-on-few-pixels', [hardest, band, box, mean], { role: 'consequence', causedBy: 'boundary-errors' }),
  ).split('\n');
  const from = lines.findIndex((line) => line.includes('where the loss is'));
  expect(lines.slice(from - 1, from + 5).map((line) => line.replace(/ {3,}/g, '   '))).toEqual([
    '   share of',
    '  where the loss is   loss',
    '  hardest 1 % of the pixels   61.3 %',
    '  up to 1 px from a boundary (4 % of the pixels)   43.1 %',
    '  image 2, class 3 (pole) in [54, 97, 58, 102], 18 pixels   0.50 %',
    '  boxes are [y0, x0, y1, x1] as slices take them, z first for volumes',
  ]);
});

test('boxes are explained only where there are any', () => {
  expect(screen(note('loss-on-few-pixels', [hardest]))).not.toContain('boxes are');
});

test('there is no table where a defect explains the places, or nothing says where the loss is', () => {
  const defect = verdict({ rule: 'inverted-target', status: 'found' });
  const explained = note('boundary-errors', [band], { role: 'consequence', causedBy: 'inverted-target' });
  expect(screen(defect, explained)).not.toContain('where the loss is');
  expect(screen(note('miscalibrated', [hardest]))).not.toContain('where the loss is');
  expect(screen()).not.toContain('where the loss is');
});
