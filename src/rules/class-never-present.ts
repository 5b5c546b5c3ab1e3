import { type Rule, rule } from '../core/index.ts';
import { imageClasses } from '../measures/index.ts';
import { className } from './_classes.ts';
import { listed } from './_words.ts';

/** Fewer masks may lack a rare class by chance. */
const fewImages = 20;

/** Classes without a single pixel. */
export const classNeverPresent: Rule = rule({
  id: 'class-never-present',
  title: 'a class occurs in none of the masks',
  severity: 'warning',
  explain: {
    test: 'Of 20 masks or more, none has a pixel of the class. Fewer may lack a rare class by chance.',
    why:
      'Its channel is only ever told "no". A Dice or IoU of a class that is nowhere is 0/0 or a convention, a mean over the classes is ' +
      'off by it, and a weight of 1 / frequency is infinite. Often it is a slip in the table of ids.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'compare the ids of the masks with the table of classes; leave absent classes out of means and weights',
      },
      { framework: 'MONAI', text: 'ignore_empty=True in DiceMetric; get_not_nans=True tells how many counted' },
      { framework: 'Keras', text: 'skip NaN in the mean over classes; target_class_ids of the IoU metrics' },
      { framework: 'nnU-Net', text: 'compare the labels of dataset.json with the files; --verify_dataset_integrity' },
    ],
    exceptions: 'A class that is rarer than 20 masks show: judge the whole data set.',
    seen: [
      'https://github.com/MIC-DKFZ/nnUNet/issues/1480',
      'https://github.com/open-mmlab/mmsegmentation/issues/1632',
      'https://github.com/perslev/MultiPlanarUNet/issues/24',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb',
      legend: { a: [2.1, -0.4, -1], b: [-1.2, -0.3, 1.1] },
      target: '002\n022',
      repeat: [20, 1],
      images: 20,
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aab\nabb',
      legend: { a: [2.1, -0.4, -1], b: [-1.2, -0.3, 1.1] },
      target: '012\n022',
      repeat: [20, 1],
      images: 20,
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: ['empty-class-dice', 'absent-class-weight'],
  needs: { classes: imageClasses },
  check({ classes }, subject) {
    const { images, pixels, perImage } = classes;
    if (images < fewImages) {
      return {
        notApplicable: `${images} mask${images === 1 ? '' : 's'} may lack a class by chance; it takes ${fewImages} in one file`,
      };
    }
    const rows = [...pixels.keys()];
    const absent = rows.filter((row) => pixels[row] === 0);
    if (absent.length === 0) return undefined;
    const masksWith = (row: number): number =>
      Array.from({ length: images }, (_, image) => perImage[image * subject.rows + row] ?? 0).filter((n) => n > 0)
        .length;
    return {
      message:
        `class ${listed(absent.map((row) => className(subject, row)))} ${absent.length === 1 ? 'has' : 'have'} no pixel in any of ${images} masks. check the ` +
        'table of ids, and leave what is absent out of means and weights',
      evidence: rows
        .slice(0, 24)
        .map((row) => ({ label: `masks with class ${className(subject, row)}`, value: masksWith(row), limit: 1 })),
      strength: 0.5,
    };
  },
});
