// Street cases about the label file: encodings, void, orientation, numbering.

import { colourPng, greyPng, npy, palettePng } from './files.mjs';

const colours = [
  [84, 84, 92], // road
  [176, 122, 88], // building
  [58, 132, 62], // tree
  [120, 178, 226], // sky
  [204, 40, 54], // car
  [240, 200, 60], // person
];
const black = [0, 0, 0]; // void, and every index without a class
const palette = Array.from({ length: 256 }, (_, id) => colours[id] ?? black);

export function streetLabelCases({ shape, truth, target }) {
  const [height, width] = shape;
  const remap = (ids, change) => Uint8Array.from(ids, (id, i) => (id === 255 ? 255 : change(id, i)));
  const upsideDown = Uint8Array.from(
    target,
    (_, i) => target[(height - 1 - Math.floor(i / width)) * width + (i % width)],
  );
  const alphabetical = remap(target, (id) => [3, 0, 5, 4, 1, 2][id]); // building, car, person, road, sky, tree
  // Two classes were added to the annotation: much of the road is now pavement, some of the sky is clouds.
  const eightClasses = remap(target, (id, i) =>
    id === 0 && i % width < 104 ? 6 : id === 3 && i % width < 96 ? 7 : id,
  );

  const whole = { prediction: 'street/logits.npy', target: 'street/target.npy' };
  const ce = ['--loss', 'ce'];
  const ignoring = [...ce, '--ignore-index', '255'];

  return [
    {
      ...whole,
      name: 'street-png',
      target: 'street/labels.png',
      args: ignoring,
      cause: [],
      title: 'the same street with a grey PNG of class ids',
      story: 'I keep the masks as PNG files with the ids 0 to 5, and 255 where nobody could tell.',
      learn: 'A PNG of ids reads like an array of ids.',
    },
    {
      ...whole,
      name: 'street-palette',
      target: 'street-palette/labels.png',
      files: {
        'labels.png': palettePng(target, shape, palette),
      },
      args: ignoring,
      cause: [],
      title: 'the same street with a palette PNG',
      story: 'Our masks look coloured in a viewer, but the pixels are indices into a colour table.',
      learn: 'In a palette PNG the index is the class; the colours are decoration.',
    },
    {
      ...whole,
      name: 'void-undeclared',
      target: 'street/labels.png',
      args: ce,
      cause: ['undeclared-ignore-label'],
      twin: 'street-png',
      title: 'void pixels that nobody told the loss about',
      story: 'On the GPU it dies with a device-side assert, on the CPU it says target 255 is out of bounds.',
      learn: 'A value outside the classes that hugs the outlines is void: declare it with --ignore-index.',
    },
    {
      ...whole,
      name: 'coloured-mask',
      target: 'coloured-mask/colours.png',
      files: {
        'colours.png': colourPng(target, shape, palette),
      },
      args: ce,
      cause: ['color-coded-target'],
      twin: 'street-palette',
      title: 'the mask holds colours instead of ids',
      story: 'A colleague sent the masks converted to RGB. The shapes no longer fit, and grey values are not classes.',
      learn: 'Seven colours in a whole picture are a legend, not a photograph: map them back to ids.',
    },
    {
      ...whole,
      name: 'upside-down',
      target: 'upside-down/target.npy',
      files: { 'target.npy': npy(upsideDown, shape, 'uint8') },
      args: ignoring,
      cause: ['orientation-mismatch'],
      twin: 'street',
      title: 'masks stored bottom row first',
      story:
        'The simulator writes masks with the origin at the bottom left. In the viewer the network is right, in the log it is not.',
      learn: 'If a mirrored target agrees far better with the prediction, the two were loaded differently.',
    },
    {
      ...whole,
      name: 'labels-reordered',
      target: 'labels-reordered/target.npy',
      files: { 'target.npy': npy(alphabetical, shape, 'uint8') },
      args: ignoring,
      cause: ['class-permutation'],
      twin: 'street',
      title: 'the ids were renumbered, the network was not',
      story: 'After a new export of the masks the old checkpoint scores next to nothing. The exporter sorts by name.',
      learn: 'A renumbering that lifts the agreement from chance to good is a table mix-up, not a bad model.',
    },
    {
      ...whole,
      name: 'resized-mask',
      target: 'resized-mask/target.npy',
      files: { 'target.npy': npy(resizedLinearly(truth, shape), shape, 'uint8') },
      args: ce,
      cause: ['interpolated-labels'],
      twin: 'street',
      title: 'the mask was enlarged with linear interpolation',
      story: 'Masks come at half size and are resized together with the images. Thin seams of odd classes appear.',
      learn: 'Halfway between road (0) and sky (3) lies no class at all: resize ids with nearest neighbour.',
    },
    {
      ...whole,
      name: 'two-classes-too-many',
      target: 'two-classes-too-many/target.npy',
      files: { 'target.npy': npy(eightClasses, shape, 'uint8') },
      args: ignoring,
      cause: ['label-out-of-range'],
      twin: 'street',
      title: 'labels 6 and 7 for a head with six channels',
      story: 'We added pavement and clouds to the annotation. Now there is an index error in the loss.',
      learn: 'Every label must have its channel; large regions are classes, not void.',
    },
    {
      ...whole,
      name: 'everything-ignored',
      target: 'everything-ignored/labels.png',
      files: { 'labels.png': greyPng(new Uint8Array(target.length).fill(255), shape) },
      args: ignoring,
      cause: ['all-ignored'],
      twin: 'street-png',
      title: 'a crop in which every pixel is void',
      story: 'About once per epoch the loss is nan for a single step. The crops are random.',
      learn: 'A mean over no pixels is 0/0: skip such a crop, or clamp the divisor.',
    },
  ];
}

/** Ids kept at half size and brought back as if they were brightness: between 0 and 4 the outline passes 1 and 3. */
function resizedLinearly(ids, [height, width]) {
  const [rows, columns] = [height / 2, width / 2];
  const kept = (y, x) =>
    ids[(2 * Math.min(rows - 1, Math.max(0, y)) + 1) * width + 2 * Math.min(columns - 1, Math.max(0, x)) + 1];
  return Uint8Array.from(ids, (_, i) => {
    const [v, u] = [(Math.floor(i / width) - 0.5) / 2, ((i % width) - 0.5) / 2];
    const [y, x] = [Math.floor(v), Math.floor(u)];
    const [below, right] = [v - y, u - x];
    const upper = (1 - right) * kept(y, x) + right * kept(y, x + 1);
    const lower = (1 - right) * kept(y + 1, x) + right * kept(y + 1, x + 1);
    return Math.round((1 - below) * upper + below * lower);
  });
}
