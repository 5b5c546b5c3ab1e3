import { type Hints, type Rule, rule } from '../core/index.ts';
import { listed, significant } from './_words.ts';

/** Rounding of single-precision headers stays far below this, for spacings relative to their size. */
const tolerance = 1e-3;

/** Files that say of themselves that they lie on different grids. */
export const headerMismatch: Rule = rule({
  id: 'header-mismatch',
  title: 'the headers of the two files describe different grids',
  severity: 'error',
  explain: {
    test:
      'Where both file formats say how their voxels lie: the spacing differs by more than a thousandth, the axis codes differ, or an ' +
      'entry of the affine matrix differs by more than 0.001. Rounding of headers is 1e-6 to 1e-4. Arrays of .npy and pictures say ' +
      'nothing of the kind.',
    why:
      'Voxel [i, j, k] of the prediction and of the target are then different places in the patient, even though the shapes may ' +
      'agree. A loss compares index with index and knows nothing of headers.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'resample one onto the other when loading: SimpleITK.Resample(label, image, Transform(), sitkNearestNeighbor)',
      },
      {
        framework: 'MONAI',
        text: "Orientationd(['image', 'label'], axcodes='RAS'), Spacingd(['image', 'label'], mode=['bilinear', 'nearest']), ResampleToMatchd",
      },
      { framework: 'Keras', text: 'nibabel.as_closest_canonical on both files, then the same resampling for both' },
      { framework: 'nnU-Net', text: 'nnUNetv2_plan_and_preprocess --verify_dataset_integrity reports such cases' },
    ],
    exceptions:
      'A file whose header was lost or reset on export (identity matrix, spacing 1) lies right all the same: if no orientation or shift ' +
      'agrees better, mend the header only.',
    seen: ['https://github.com/rcuocolo/PROSTATEx_masks/issues/9'],
  },
  examples: {
    fires: {
      prediction: 'aab\naab',
      legend: { a: [-1.4], b: [1.1] },
      target: '001\n001',
      hints: { prediction: { spacing: [0.8, 0.8] }, target: { spacing: [1, 1] } },
    },
    clear: {
      prediction: 'aab\naab',
      legend: { a: [-1.4], b: [1.1] },
      target: '001\n001',
      hints: { prediction: { spacing: [0.8, 0.8] }, target: { spacing: [0.8, 0.80001] } },
    },
  },
  looksAt: [],
  explains: ['orientation-mismatch', 'misaligned-target', 'resolution-mismatch', '*'],
  needs: {},
  check(_values, { prediction, target }) {
    const [own, truth] = [prediction.hints, target.hints];
    const told = (['spacing', 'orientation', 'affine'] as const).filter(
      (about) => own[about] !== undefined && truth[about] !== undefined,
    );
    if (told.length === 0) return { notApplicable: 'the files do not both say how their pixels lie' };
    const differing = told.filter((about) => differ[about](own, truth));
    if (differing.length === 0) return undefined;
    const words = { spacing: 'spacing', orientation: 'axis codes', affine: 'affine matrix' };
    return {
      message:
        `${listed(differing.map((about) => words[about]))} of the two files differ, so that the same index is not the same place. resample ` +
        'or reorient one onto the grid of the other before the loss',
      evidence: told.map((about) => ({
        label: `${words[about]} of the target`,
        value: shown(truth, about),
        limit: shown(own, about),
      })),
      strength: 0.6,
    };
  },
});

const differ: Readonly<Record<'spacing' | 'orientation' | 'affine', (a: Hints, b: Hints) => boolean>> = {
  spacing: ({ spacing: a = [] }, { spacing: b = [] }) =>
    a.length !== b.length || a.some((step, k) => Math.abs(step - (b[k] ?? 0)) > tolerance * Math.abs(step)),
  orientation: (a, b) => a.orientation !== b.orientation,
  affine: ({ affine: a = [] }, { affine: b = [] }) =>
    a.some((row, i) => row.some((value, k) => Math.abs(value - (b[i]?.[k] ?? Number.NaN)) > tolerance)),
};

function shown(hints: Hints, about: 'spacing' | 'orientation' | 'affine'): string {
  if (about === 'orientation') return hints.orientation ?? '';
  const numbers = about === 'spacing' ? (hints.spacing ?? []) : (hints.affine ?? []).flat();
  return `[${numbers.map((value) => significant(value, 5)).join(', ')}]`;
}
