import { embeddingReport } from '../embeddings/_report.ts';
import { withArrays } from '../host/files.ts';
import { embeddingText } from './embed-text.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, lossTexts, optionsOf } from './flags.ts';
import { ownJson } from './own-json.ts';
import { embeddingSchema } from './own-schemas.ts';
import { displayOf, type World } from './terminal.ts';

interface EmbedFlags extends Pick<Flags, 'loss' | 'ignoreIndex' | 'weights' | 'json' | 'quiet' | 'verbose' | 'color'> {
  readonly triplets?: string;
  readonly pairs?: string;
}

/** `lossprobe embed <features> <mask>`: embedding losses on exported features. */
export async function embedCommand(world: World, features: string, mask: string, flags: EmbedFlags): Promise<ExitCode> {
  const { ignoreIndex = [] } = await optionsOf(
    flags.ignoreIndex === undefined ? {} : { ignoreIndex: flags.ignoreIndex },
  );
  const specs = await lossTexts(flags.loss ?? []);
  const given = { weights: flags.weights, triplets: flags.triplets, pairs: flags.pairs };
  const others = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const report = await withArrays([features, mask, ...others.map(([, path]) => path)], ([vectors, labels, ...rest]) =>
    embeddingReport({
      paths: { features, mask },
      features: vectors.array,
      mask: labels.array,
      ...Object.fromEntries(others.map(([name], k) => [name, rest[k]?.array])),
      ignore: [ignoreIndex].flat(),
      specs,
    }),
  );
  world.stdout.write(
    flags.json === true
      ? ownJson('embeddings', report, embeddingSchema)
      : embeddingText(report, displayOf(world, flags)),
  );
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
