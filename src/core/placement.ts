/** A way to lay an image down: along axis k of the prediction runs axis `axes[k]` of the target, backwards where `flips[k]`. */
export interface Orientation {
  readonly axes: readonly number[];
  readonly flips: readonly boolean[];
}

/** Where the target of a pixel is read, and as what: the same place, image and class unless said otherwise. */
export interface Placement {
  /** How the target lies, image by image; one for all images where there is only one. */
  readonly orientations?: readonly Orientation[];
  /** The pixel at x is held against the target at x + offset; what would come from outside is ignored. */
  readonly offset?: readonly number[];
  /** Image k of the prediction is held against image `images[k]` of the target. */
  readonly images?: readonly number[];
  /** Label y stands for class `classes[y]`. Class ids and one-hot channels only. */
  readonly classes?: readonly number[];
}

/** Two placements with the same key read the same target; the empty text for the plain one. */
export function placementKey({ orientations, offset, images, classes }: Placement): string {
  const parts = { orientations: orientations?.map(orientationKey), offset, images, classes };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name} ${value}`]))
    .join('');
}

/** Two orientations with the same key are the same. */
export function orientationKey({ axes, flips }: Orientation): string {
  return axes.map((axis, k) => `${flips[k] ? '-' : '+'}${axis}`).join('');
}

/** Every orientation of so many axes, the one that changes nothing first: 8 in the plane, 48 in space. */
export function orientationsOf(rank: number): Orientation[] {
  const signs = Array.from({ length: 2 ** rank }, (_, bits) =>
    Array.from({ length: rank }, (_axis, k) => ((bits >> k) & 1) === 1),
  );
  return ordersOf(Array.from({ length: rank }, (_, k) => k)).flatMap((axes) => signs.map((flips) => ({ axes, flips })));
}

/** All orders of a few things, the given one first. */
export function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, k) => ordersOf(items.filter((_, other) => other !== k)).map((rest) => [first, ...rest]));
}

/** The orientation that lays down by `outer` what `inner` has laid down already. */
export function composed(outer: Orientation, inner: Orientation): Orientation {
  return {
    axes: outer.axes.map((axis) => inner.axes[axis] ?? axis),
    flips: outer.flips.map((flip, k) => flip !== (inner.flips[outer.axes[k] ?? k] ?? false)),
  };
}

const planar: Readonly<Record<string, string>> = {
  '+0+1': 'left as it is',
  '-0+1': 'flipped upside down',
  '+0-1': 'flipped left-right',
  '-0-1': 'rotated by 180 degrees',
  '+1+0': 'transposed',
  '+1-0': 'rotated by 90 degrees clockwise',
  '-1+0': 'rotated by 90 degrees anticlockwise',
  '-1-0': 'transposed and rotated by 180 degrees',
};

const axisNames = ['depth', 'height', 'width'];

/** What an orientation does to the target, in words: `flipped left-right`. */
export function orientationName(it: Orientation): string {
  const { axes, flips } = it;
  const name = planar[orientationKey(it)];
  if (name !== undefined) return name;
  const letters = 'DHW'.slice(-axes.length);
  const moved = axes.some((axis, k) => axis !== k);
  const turned = axisNames.slice(-axes.length).filter((_, k) => flips[k]);
  const parts = [
    ...(moved ? [`axes reordered to ${axes.map((axis) => letters[axis]).join(', ')}`] : []),
    ...(turned.length > 0 ? [`flipped along ${turned.join(' and ')}`] : []),
  ];
  return parts.join(', ') || 'left as it is';
}
