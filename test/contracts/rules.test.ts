import { describe, expect, test } from 'vitest';
import type { NdArray, Rule, Verdict } from '../../src/core/index.ts';
import { ndarray } from '../../src/core/index.ts';
import { exampleVerdicts } from '../../src/example.ts';
import { diagnose, rules } from '../../src/index.ts';

function verdictOf(rule: Rule, verdicts: readonly Verdict[]): Verdict {
  const own = verdicts.filter((it) => it.rule === rule.id);
  expect(own).toHaveLength(1);
  return own[0] as Verdict;
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('is found in the example that fires', () => {
    const verdict = verdictOf(rule, exampleVerdicts(rule.examples.fires));
    expect(verdict.reason).toBe('');
    expect(verdict.status).toBe('found');
    expect(verdict.message.length).toBeGreaterThan(20);
    expect(verdict.evidence.length).toBeGreaterThan(0);
  });

  test('is not found in the example that is clear', () => {
    const verdict = verdictOf(rule, exampleVerdicts(rule.examples.clear));
    expect([verdict.status, verdict.reason]).toEqual(['clear', '']);
  });

  test('says why, how to fix it in three frameworks, and when it is wrong', () => {
    const { test: tested, why, fix, exceptions } = rule.explain;
    for (const text of [tested, why, exceptions]) expect(text.length).toBeGreaterThan(40);
    const frameworks = fix.map((it) => it.framework).join(' ');
    for (const name of ['PyTorch', 'MONAI', 'Keras']) expect(frameworks).toContain(name);
  });

  test('names public reports by their address, each once', () => {
    const { seen = [] } = rule.explain;
    expect(new Set(seen).size).toBe(seen.length);
    for (const address of seen) expect(address).toMatch(/^https:\/\/[\w.-]+\/[\w./-]+$/);
  });

  test('does not explain itself', () => {
    expect(rule.explains).not.toContain(rule.id);
  });
});

/** Arrays at the edge of what can be judged. */
function zoo(): [string, NdArray, NdArray][] {
  const scores = (channels: number, value: (c: number, i: number) => number, size = 8): NdArray =>
    ndarray(
      Float32Array.from({ length: channels * size * size }, (_, at) =>
        value(Math.floor(at / size ** 2), at % size ** 2),
      ),
      [channels, size, size],
      'float32',
    );
  const mask = (value: (i: number) => number, size = 8): NdArray =>
    ndarray(
      Uint8Array.from({ length: size * size }, (_, i) => value(i)),
      [size, size],
      'uint8',
    );
  const wave = (c: number, i: number): number => Math.sin(3 * c + i);
  const out: [string, NdArray, NdArray][] = [];
  for (const channels of [1, 2, 5]) {
    const ids = (i: number): number => i % Math.max(2, channels);
    out.push([`${channels} channels, empty mask`, scores(channels, wave), mask(() => 0)]);
    out.push([`${channels} channels, full mask`, scores(channels, wave), mask(() => 1)]);
    out.push([`${channels} channels, one pixel`, scores(channels, wave, 1), mask(() => 0, 1)]);
    out.push([`${channels} channels, all ignored`, scores(channels, wave), mask(() => 255)]);
    out.push([`${channels} channels, all NaN`, scores(channels, () => Number.NaN), mask(ids)]);
    out.push([
      `${channels} channels, one NaN`,
      scores(channels, (c, i) => (c + i === 3 ? Number.NaN : wave(c, i))),
      mask(ids),
    ]);
    out.push([
      `${channels} channels, Infinity`,
      scores(channels, (c, i) => (i === 3 ? Infinity : wave(c, i))),
      mask(ids),
    ]);
    out.push([`${channels} channels, all zero`, scores(channels, () => 0), mask(ids)]);
    out.push([`${channels} channels, all one`, scores(channels, () => 1), mask(ids)]);
    out.push([`${channels} channels, huge`, scores(channels, (c, i) => 1e30 * wave(c, i)), mask(ids)]);
    out.push([`${channels} channels, tiny`, scores(channels, (c, i) => 1e-38 * wave(c, i)), mask(ids)]);
    out.push([`${channels} channels, labels up to 255`, scores(channels, wave), mask((i) => 4 * i)]);
  }
  return out;
}

describe('on the degenerate zoo no rule crashes, and each answers exactly once', () => {
  const losses = [
    [],
    ['ce'],
    ['bce-logits'],
    ['dice:from=probabilities'],
    ['ce:from=probabilities'],
    ['focal'],
    ['bce'],
  ];
  test.each(zoo())('%s', (_, prediction, target) => {
    for (const loss of losses) {
      for (const ignoreIndex of [[], [255]]) {
        const [report] = diagnose(prediction, target, { loss, ignoreIndex, reported: ['0.6931'] }).cases;
        const crashed = report?.verdicts
          .filter((it) => it.status === 'crashed')
          .map((it) => `${it.rule}: ${it.reason}`);
        expect(crashed).toEqual([]);
        expect(report?.verdicts.map((it) => it.rule).sort()).toEqual(rules.map((it) => it.id).sort());
      }
    }
  });
});
