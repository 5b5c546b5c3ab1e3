import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lossprobe, scratchFolder, writeNpy } from './_binary.ts';
import * as json from './_json-types.ts';

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  const wave = (shift: number) => (i: number) => 3 * Math.sin(i + shift);
  for (const shift of [0, 1, 2]) writeNpy(at(`p${shift}.npy`), [3, 12, 12], wave(shift));
  writeNpy(at('nan.npy'), [3, 12, 12], (i) => (i === 5 ? Number.NaN : wave(0)(i)));
  writeNpy(at('mask.npy'), [12, 12], (i) => Math.floor(i / 48) % 3, 'u1');
  writeNpy(at('small.npy'), [6, 6], () => 0, 'u1');
  writeFileSync(at('log.csv'), `loss\n${Array.from({ length: 40 }, (_, k) => 0.7 + 1 / (k + 1)).join('\n')}\n`);
});

const pair = (prediction = 'p0.npy', mask = 'mask.npy'): string[] => [at(prediction), at(mask)];

describe('the JSON of a command has exactly the fields that are promised, null where there is nothing', () => {
  test.each<[string, json.Type, () => string[]]>([
    ['diagnose', json.diagnosis, () => pair()],
    ['diagnose, a sum', json.diagnosis, () => [...pair(), '--loss', 'dice + 0.5*ce', '--weights', '1,2,3']],
    ['diagnose, NaN', json.diagnosis, () => pair('nan.npy')],
    ['diagnose, arrays that do not meet', json.diagnosis, () => pair('p0.npy', 'small.npy')],
    ['diagnose, without gradients', json.diagnosis, () => [...pair(), '--no-gradients']],
    ['diagnose, with a number', json.diagnosis, () => [...pair(), '--loss', 'ce', '--reported', '1.2345678']],
    [
      'identify',
      json.diagnosis,
      () => ['identify', ...pair(), '--loss', 'ce', '--reported', 'loss=0.4321', '--reported', 'dice=0.2'],
    ],
    ['identify, a bare number', json.identified, () => ['identify', '--reported', '1.27401', '--classes', '8']],
    ['identify, a log', json.identified, () => ['identify', '--log', at('log.csv')]],
    ['losses', json.diagnosis, () => ['losses', ...pair()]],
    ['losses, the catalogue', json.catalogue, () => ['losses']],
    ['demo', json.diagnosis, () => ['demo', 'lesion']],
    ['dialects', json.dialects, () => ['dialects', ...pair()]],
    ['descend', json.descent, () => ['descend', ...pair(), '--loss', 'ce:from=probabilities', '--steps', '3']],
    ['descend, NaN', json.descent, () => ['descend', ...pair('nan.npy'), '--steps', '3']],
    ['trend', json.trend, () => ['trend', at('p0.npy'), at('p1.npy'), at('p2.npy'), '--target', at('mask.npy')]],
    ['trend, modes', json.trend, () => ['trend', '--modes', at('p0.npy'), at('p1.npy'), '--target', at('mask.npy')]],
    ['embed', json.embedding, () => ['embed', ...pair()]],
    ['embed, NaN', json.embedding, () => ['embed', ...pair('nan.npy'), '--loss', 'triplet']],
  ])('%s', async (_, type, args) => {
    const { stdout, stderr } = await lossprobe([...args(), '--json']);
    expect(stderr).toBe('');
    expect(json.misfits(JSON.parse(stdout), type)).toEqual([]);
  });
});
