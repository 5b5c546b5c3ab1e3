import { embeddingReport } from '../embeddings/_report.ts';
import { readArray } from '../host/files.ts';
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
  const optional = (path: string | undefined) => (path === undefined ? undefined : readArray(path));
  const report = embeddingReport({
    paths: { features, mask },
    features: await readArray(features),
    mask: await readArray(mask),
    weights: await optional(flags.weights),
    triplets: await optional(flags.triplets),
    pairs: await optional(flags.pairs),
    ignore: [ignoreIndex].flat(),
    specs: await lossTexts(flags.loss ?? []),
  });
  world.stdout.write(
    flags.json === true
      ? ownJson('embeddings', report, embeddingSchema)
      : embeddingText(report, displayOf(world, flags)),
  );
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
