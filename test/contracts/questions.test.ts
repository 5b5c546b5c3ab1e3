import { describe, expect, test } from 'vitest';
import { exampleNotices } from '../../src/example.ts';
import { questions } from '../../src/questions/index.ts';

describe.each(questions.map((question) => [question.id, question] as const))('%s', (id, question) => {
  const found = (which: 'fires' | 'clear') => exampleNotices(question, question.examples[which]);

  test('is found in the example that fires', () => {
    const own = found('fires').filter(({ rule }) => rule === id);
    expect(own.map(({ severity }) => severity)).toEqual([question.severity]);
  });

  test('is not found in the example that is clear, nor is anything else', () => {
    expect(found('clear')).toEqual([]);
  });

  test('says why, how to mend it, and when it is wrong', () => {
    const { test: tested, why, fix, exceptions } = question.explain;
    for (const text of [tested, why]) expect(text.length).toBeGreaterThan(30);
    expect(exceptions.length).toBeGreaterThan(10);
    expect(fix.map(({ framework }) => framework)).toContain('PyTorch');
  });
});
