import { formatShape, type Rule, rule, type Subject } from '../core/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { obstacleOf } from './_target-values.ts';
import { listed, percent, plural } from './_words.ts';

/** A mask that holds colours. */
export const colorCodedTarget: Rule = rule({
  id: 'color-coded-target',
  title: 'the target holds colours instead of class ids',
  severity: 'error',
  explain: {
    test:
      'The target has a channel axis of 3 or 4 integer channels that are not all equal and not a one-hot code. A label map in ' +
      'colour has a few distinct colours, a photograph has thousands. A palette PNG is read by its indices and is not meant here.',
    why:
      'A loss wants one class id per pixel. Colours have three numbers per pixel, so the shapes no longer fit; converted to ' +
      'grey, each class becomes some brightness between 0 and 255 that is no class, and two colours may share one.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'look each colour up in a table of ids; with PIL keep mode "P" (no convert("RGB"))',
      },
      { framework: 'MONAI', text: 'a Lambdad that maps colours to ids right after LoadImaged' },
      {
        framework: 'Keras',
        text: 'decode_png(channels=1) for palette files; for true colours gather ids from a table',
      },
      { framework: 'mmseg', text: 'convert the masks to ids once, e.g. with the scripts of tools/dataset_converters' },
    ],
    exceptions: 'A picture that is not the target at all: check which file was passed second.',
    seen: [
      'https://github.com/ooooverflow/BiSeNet/issues/4',
      'https://github.com/sithu31296/semantic-segmentation/issues/9',
      'https://github.com/johschmidt42/PyTorch-2D-3D-UNet-Tutorial/issues/4',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: 'rrkk\nrrkk\nrkkk\nrkkk',
      labels: { r: [128, 0, 0], k: [0, 0, 0] },
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '1100\n1100\n1000\n1000',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: [],
  explains: brokenTargetConsequences,
  needs: {},
  check(_values, subject) {
    if (obstacleOf(subject, 'color-coded-target') === undefined) return undefined;
    const { colours } = subject.target.profile;
    const pixels = colours.reduce((sum, it) => sum + it.pixels, 0);
    return {
      message:
        `target is a colour picture ${formatShape(subject.target.shape)} with ${numberOf(subject)}; the loss wants one class id ` +
        `per pixel, 0-${subject.rows - 1}. translate the colours to ids when the mask is loaded`,
      evidence: [
        {
          label: 'distinct colours',
          value: colours.length || 'thousands',
          limit: `a few per class (${subject.rows} classes)`,
        },
        ...colours.slice(0, 12).map(({ colour, pixels: n }) => ({
          label: `colour ${colour.join(', ')}`,
          value: (100 * n) / pixels,
          unit: '%',
        })),
      ],
      strength: 0.95,
    };
  },
});

function numberOf({ target }: Subject): string {
  const { colours } = target.profile;
  if (colours.length === 0) return 'too many colours for a code (a photograph, or a lossy format)';
  const all = colours.reduce((sum, it) => sum + it.pixels, 0);
  const shown = colours.map(({ colour, pixels }) => `(${colour.join(', ')}) ${percent(pixels / all)}`);
  return `${plural(colours.length, 'colour')}: ${listed(shown, 3)}`;
}
