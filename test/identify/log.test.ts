import { describe, expect, test } from 'vitest';
import { readLog } from '../../src/identify/log.ts';

const cells = (text: string, column: string | null = null) => readLog(text, 'run.log', column).cells;

describe('a training log', () => {
  test('is CSV with a header: the column named loss is taken', () => {
    expect(readLog('epoch,Loss,val_loss\n1,0.5,0.6\n2,0.4,0.7\n', 'run.csv', null)).toEqual({
      name: 'Loss',
      cells: ['0.5', '0.4'],
    });
  });

  test('may be separated by semicolons or tabs', () => {
    expect(cells('step;loss\n1;0.5')).toEqual(['0.5']);
    expect(cells('step\tlr\tloss\n1\t\t0.5\n2\t0.1\t0.4')).toEqual(['0.5', '0.4']);
  });

  test('may have quoted cells with separators, quotes and line breaks in them', () => {
    const text = '"note, long","loss"\n"he said ""no"", twice\nover","0.5"\nplain, 0.25 \r\n';
    expect(cells(text)).toEqual(['0.5', '0.25']);
  });

  test('keeps NaN and infinities, and leaves out empty cells and words', () => {
    expect(cells('step,loss\n1,nan\n2,\n3,-inf\n4,-nan\n5,warming up\n6,1e-3')).toEqual(['nan', '-inf', 'nan', '1e-3']);
  });

  test('without a header has columns that are numbered from 1', () => {
    expect(cells('0,0.5\n1,0.4', '2')).toEqual(['0.5', '0.4']);
  });

  test('may be one JSON object per line, inner objects named by a point, NaN as Python writes it', () => {
    const text = '{"step": 1, "train": {"loss": 0.5}}\n\n{"step": 2, "train": {"loss": NaN}}\n';
    expect(readLog(text, 'run.jsonl', null)).toEqual({ name: 'train.loss', cells: ['0.5', 'NaN'] });
  });

  test('of many rows is read at once', () => {
    const text = `loss\n${'0.5\n'.repeat(200_000)}`;
    expect(cells(text)).toHaveLength(200_000);
  });
});

describe('what cannot be read is refused in one sentence', () => {
  test.each([
    ['', null, 'is empty'],
    ['a,b\nx,y', null, 'no column of numbers'],
    ['a,b\n1,2', null, 'say which with --column: a, b'],
    ['a,loss\n1,2', 'c', 'no column "c" of numbers; it has a, loss'],
    ['{"loss": 1}\nloss: 2', null, 'line 2 of run.log is not JSON'],
  ])('%j with column %s', (text, column, message) => {
    expect(() => readLog(text, 'run.log', column)).toThrow(message);
  });
});
