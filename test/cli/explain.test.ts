import { describe, expect, test } from 'vitest';
import { lossprobe } from './_binary.ts';

describe('lossprobe explain', () => {
  test('names public reports of the defect', async () => {
    const { stdout } = await lossprobe(['explain', 'unscaled-binary-target']);
    expect(stdout).toMatch(/seen in the wild\n {2}https:\/\/github\.com\//);
  });

  test.each(['loss-floor', 'dying-class', 'scale-too-small'])('knows %s, with an example that it runs', async (id) => {
    const { stdout, exit } = await lossprobe(['explain', id]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${id} {2}\\((error|warning) of lossprobe `));
    expect(stdout).toContain('example (just run)');
    expect(stdout).not.toContain('finding: none');
  });

  test('shows everything that bears the id', async () => {
    const { stdout } = await lossprobe(['explain', 'undeclared-ignore-label']);
    expect(stdout).toMatch(
      /^undeclared-ignore-label {2}\(error\)\n.*\nundeclared-ignore-label {2}\(warning of lossprobe embed\)\n/s,
    );
  });

  test('lists them all', async () => {
    const { stdout } = await lossprobe(['explain']);
    expect(stdout).toMatch(/\nwhat descend, trend and embed find\n(?: {2}\S+ +[^\n]+\n)*? {2}class-never-moves/);
  });
});
