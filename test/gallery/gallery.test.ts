import { describe, expect, test } from 'vitest';
import { defects } from './defects/index.ts';
import { alarmTable, galleryPage, missTable } from './page.ts';
import { runGallery } from './run.ts';

describe('the gallery of defects', () => {
  const results = runGallery(defects);
  const judged = results.broken.filter((it) => it.verdict !== 'no rule yet');

  test('it holds 60 defects, three levels of each, and 300 healthy twins', () => {
    const levels = new Set(results.broken.map(({ defect, level }) => `${defect.name}, ${level}`));
    expect(levels.size).toBe(3 * defects.length);
    expect(defects.length).toBeGreaterThanOrEqual(60);
    expect(results.healthy.length).toBeGreaterThanOrEqual(300);
  });

  test('at least 95 % of the broken cases name their defect first', () => {
    const missed = judged.filter((it) => it.verdict === 'missed');
    console.log(`${judged.length - missed.length} of ${judged.length} named first; missed:\n${missTable(missed)}`);
    expect(missed.length).toBeLessThanOrEqual(0.05 * judged.length);
  });

  test('no healthy twin earns an error', () => {
    const alarms = results.healthy.filter((it) => it.alarms.length > 0);
    expect(alarms.length, alarmTable(alarms)).toBe(0);
  });

  test('docs/gallery.md is what came out; if not, run npm run gallery', async () => {
    await expect(galleryPage(results)).toMatchFileSnapshot('../../docs/gallery.md');
  });
});
