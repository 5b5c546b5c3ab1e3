/** What the cameras saw: label maps painted back to front, with uneven outlines and skewed class frequencies. */
import { type Field, noise, type Shape } from './fields.ts';
import type { Random } from './random.ts';

/** One picture to paint on. */
export interface Canvas {
  readonly shape: Shape;
  readonly ids: Uint8Array;
  readonly wobble: Field;
}

/** A kind of picture: how many classes it can hold, how large it is, and how one is painted. */
export interface Scene {
  readonly name: string;
  readonly classes: number;
  readonly shape: Shape;
  /** True where annotators leave outlines unlabelled. */
  readonly outlines?: true;
  paint(canvas: Canvas, random: Random): void;
}

/** Signed distance to an ellipse, in radii: negative inside. Works in any number of dimensions. */
export function ellipse(centre: readonly number[], radii: readonly number[]) {
  return (place: readonly number[]): number => {
    let sum = 0;
    for (let axis = 0; axis < place.length; axis++) {
      sum += (((place[axis] ?? 0) - (centre[axis] ?? 0)) / (radii[axis] ?? 1)) ** 2;
    }
    return Math.sqrt(sum) - 1;
  };
}

/** Paints `id` where the distance is negative; `uneven` is how much the outline wobbles. */
function fill(canvas: Canvas, id: number, distance: (place: number[]) => number, uneven = 0): void {
  const [height = 1, width = 1] = canvas.shape.slice(-2);
  const flat = canvas.shape.length === 2;
  for (let i = 0; i < canvas.ids.length; i++) {
    const [y, x] = [Math.floor(i / width) % height, i % width];
    const place = flat ? [y, x] : [Math.floor(i / (width * height)), y, x];
    if (distance(place) + uneven * (canvas.wobble[i] ?? 0) < 0) canvas.ids[i] = id;
  }
}

function blob(canvas: Canvas, random: Random, id: number, [low, high]: readonly [number, number], uneven = 0.12): void {
  const radius = random.between(low, high);
  const stretch = random.between(0.75, 1.3);
  const centre = canvas.shape.map((length) => random.between(0.08, 0.92) * length);
  fill(canvas, id, ellipse(centre, [radius * stretch, radius / stretch]), uneven);
}

/** A branching curve of some pixels' width, as vessels, cracks and roads are. */
function branch(canvas: Canvas, random: Random, start: readonly number[], angle: number, wide: number): void {
  let [y = 0, x = 0] = start;
  let heading = angle;
  const [height = 1, width = 1] = canvas.shape;
  for (let step = 0; step < 160 && y >= 0 && x >= 0 && y < height && x < width; step++) {
    fillSquare(canvas, y, x, wide);
    heading += 0.22 * random.normal();
    [y, x] = [y + Math.sin(heading), x + Math.cos(heading)];
    if (wide > 1 && random.chance(0.035)) branch(canvas, random, [y, x], heading + random.pick([-0.8, 0.8]), wide - 1);
  }
}

function fillSquare({ shape: [height = 1, width = 1], ids }: Canvas, y: number, x: number, wide: number): void {
  for (let v = 0; v < wide; v++) {
    for (let u = 0; u < wide; u++) {
      const [row, column] = [Math.round(y) + v, Math.round(x) + u];
      if (row < height && column < width) ids[row * width + column] = 1;
    }
  }
}

/** The class whose field is highest: patches that fill the picture. */
function patches(canvas: Canvas, random: Random, classes: number, radius: number, tilt: (id: number) => number): void {
  const fields = Array.from({ length: classes }, () => noise(random, canvas.shape, radius));
  canvas.ids.forEach((_, i) => {
    let best = 0;
    fields.forEach((field, id) => {
      if ((field[i] ?? 0) + tilt(id) > (fields[best]?.[i] ?? 0) + tilt(best)) best = id;
    });
    canvas.ids[i] = best;
  });
}

export const binaryScenes: readonly Scene[] = [
  {
    name: 'lesion',
    classes: 2,
    shape: [80, 104],
    paint(canvas, random) {
      const [cy, cx] = [random.between(30, 50), random.between(35, 70)];
      fill(canvas, 1, ellipse([cy, cx], [random.between(14, 24), random.between(16, 30)]), 0.14);
      fill(canvas, 1, ellipse([cy + 13, cx + 17], [9, 12]), 0.14);
      blob(canvas, random, 1, [4, 6]);
    },
  },
  {
    name: 'cells',
    classes: 2,
    shape: [88, 88],
    paint(canvas, random) {
      for (let cell = random.integer(14, 24); cell > 0; cell--) blob(canvas, random, 1, [3, 7]);
    },
  },
  {
    name: 'vessels',
    classes: 2,
    shape: [96, 96],
    paint(canvas, random) {
      for (let root = 0; root < 4; root++) {
        branch(canvas, random, [random.between(5, 90), random.between(5, 90)], random.between(0, 6.28), 3);
      }
    },
  },
  {
    name: 'nodules',
    classes: 2,
    shape: [96, 80],
    paint(canvas, random) {
      for (let one = random.integer(3, 6); one > 0; one--) blob(canvas, random, 1, [1.8, 4]);
    },
  },
  {
    name: 'buildings',
    classes: 2,
    shape: [96, 96],
    paint(canvas, random) {
      for (let house = random.integer(7, 12); house > 0; house--) {
        const [y0, x0] = [random.between(0, 85), random.between(0, 85)];
        const [tall, wide] = [random.between(7, 20), random.between(7, 20)];
        fill(canvas, 1, ([y = 0, x = 0]) => Math.max(Math.abs(y - y0) / tall, Math.abs(x - x0) / wide) - 0.5);
      }
    },
  },
  {
    name: 'portrait',
    classes: 2,
    shape: [104, 80],
    paint(canvas, random) {
      const [cy, cx] = [random.between(34, 44), random.between(36, 48)];
      fill(canvas, 1, ellipse([cy, cx], [20, 16]), 0.08);
      fill(canvas, 1, ellipse([104, cx + random.between(-6, 6)], [48, 36]), 0.06);
    },
  },
];

export const classScenes: readonly Scene[] = [
  {
    name: 'street',
    classes: 6,
    shape: [80, 112],
    outlines: true,
    paint(canvas, random) {
      const horizon = random.between(36, 44);
      fill(canvas, 3, () => -1);
      fill(canvas, 1, ([y = 0, x = 0]) => 12 + 9 * Math.sin(x / 7) - y, 3);
      for (let tree = 0; tree < 4; tree++) {
        fill(canvas, 2, ellipse([horizon - 8, random.between(5, 105)], [12, random.between(6, 11)]), 0.16);
      }
      fill(canvas, 0, ([y = 0, x = 0]) => horizon + 0.1 * Math.abs(x - 58) - y, 0.5);
      for (let car = 0; car < 3; car++) {
        fill(
          canvas,
          4,
          ellipse([horizon + random.between(8, 18), random.between(10, 100)], [5, random.between(7, 12)]),
          0.08,
        );
      }
      for (let one = 0; one < 3; one++) {
        fill(canvas, 5, ellipse([horizon + random.between(2, 10), random.between(8, 104)], [7, 2.6]));
      }
    },
  },
  {
    name: 'city',
    classes: 19,
    shape: [72, 112],
    outlines: true,
    paint(canvas, random) {
      fill(canvas, 10, () => -1);
      fill(canvas, 2, ([y = 0, x = 0]) => 8 + 10 * Math.cos(x / 9) - y, 3);
      fill(canvas, 8, ([y = 0, x = 0]) => Math.max(26 - y, Math.abs(x - 30) - 18), 3);
      fill(canvas, 1, ([y = 0]) => 42 - y, 1);
      fill(canvas, 0, ([y = 0, x = 0]) => 44 + 0.12 * Math.abs(x - 56) - y, 0.6);
      for (const id of [13, 13, 13, 11, 11, 5, 6, 7, 4, 3, 9, 12, 14, 15, 17, 18, 16]) {
        if (random.chance(0.35)) continue;
        const tall = id === 5 ? 14 : random.between(2.5, 7);
        const wide = id === 5 ? 1.2 : random.between(2, id === 13 ? 11 : 6);
        fill(canvas, id, ellipse([random.between(30, 60), random.between(4, 108)], [tall, wide]), 0.1);
      }
    },
  },
  {
    name: 'land cover',
    classes: 7,
    shape: [88, 88],
    paint: (canvas, random) => patches(canvas, random, 7, 6, (id) => 0.9 - 0.32 * id),
  },
  {
    name: 'abdomen',
    classes: 5,
    shape: [96, 96],
    paint(canvas, random) {
      const shift = random.between(-5, 5);
      fill(canvas, 1, ellipse([40 + shift, 32], [20, 16]), 0.1);
      fill(canvas, 2, ellipse([38 + shift, 70], [10, 8]), 0.1);
      if (random.chance(0.8)) fill(canvas, 3, ellipse([62 + shift, 62], [8, 6]), 0.1);
      fill(canvas, 4, ellipse([56, 46 + shift], [3.5, 9]), 0.14);
    },
  },
  {
    name: 'pet',
    classes: 3,
    shape: [88, 72],
    paint(canvas, random) {
      const body = ellipse([50, random.between(28, 44)], [26, 18]);
      fill(canvas, 2, (place) => body(place) - 0.12, 0.1);
      fill(canvas, 1, body, 0.1);
    },
  },
  {
    name: 'textures',
    classes: 4,
    shape: [80, 80],
    paint: (canvas, random) => patches(canvas, random, 4, 5, (id) => -0.12 * id),
  },
  {
    name: 'defects',
    classes: 4,
    shape: [80, 96],
    paint(canvas, random) {
      for (let scratch = 0; scratch < 3; scratch++) {
        const [y0, x0, turn] = [random.between(8, 70), random.between(8, 85), random.between(0, 3.1)];
        const along = ([y = 0, x = 0]: number[]): number => (y - y0) * Math.sin(turn) + (x - x0) * Math.cos(turn);
        const across = ([y = 0, x = 0]: number[]): number => (y - y0) * Math.cos(turn) - (x - x0) * Math.sin(turn);
        fill(canvas, 1, (place) => Math.max(Math.abs(along(place)) / 20, Math.abs(across(place)) / 1.8) - 1);
      }
      for (let dent = 0; dent < 5; dent++) blob(canvas, random, 2, [2.5, 6]);
      blob(canvas, random, 3, [7, 13]);
    },
  },
];

export const volumeScenes: readonly Scene[] = [
  {
    name: 'organ and tumour',
    classes: 3,
    shape: [16, 44, 44],
    paint(canvas, random) {
      const [cz, cy, cx] = [random.between(7, 9), random.between(17, 24), random.between(16, 24)];
      fill(canvas, 1, ellipse([cz, cy, cx], [6, 13, 14]), 0.12);
      fill(canvas, 2, ellipse([cz - 1, cy - 4, cx - 4], [3, 5, 5]), 0.1);
      fill(canvas, 2, ellipse([cz + 2, cy + 5, cx + 4], [2, 4, 3.5]), 0.1);
    },
  },
  {
    name: 'brain shells',
    classes: 4,
    shape: [12, 48, 40],
    paint(canvas, random) {
      const centre = [6, random.between(20, 27), random.between(16, 23)];
      fill(canvas, 3, ellipse(centre, [6.5, 18, 15]), 0.06);
      fill(canvas, 1, ellipse(centre, [5.5, 15, 12]), 0.18);
      fill(canvas, 2, ellipse(centre, [4, 10, 8]), 0.24);
    },
  },
  {
    name: 'hippocampus',
    classes: 2,
    shape: [14, 40, 48],
    paint(canvas, random) {
      const [cy, cx] = [random.between(16, 24), random.between(18, 30)];
      fill(canvas, 1, ellipse([6, cy, cx], [4, 5, 11]), 0.14);
      fill(canvas, 1, ellipse([9, cy + 5, cx - 7], [3, 6, 4]), 0.14);
    },
  },
  {
    name: 'airways',
    classes: 2,
    shape: [16, 40, 40],
    paint(canvas, random) {
      const sway = random.between(0.6, 1.4);
      fill(
        canvas,
        1,
        ([z = 0, y = 0, x = 0]) => Math.hypot(y - 20 - 4 * Math.sin(sway * z * 0.3), x - 18 - 0.5 * z) - 3,
        0.4,
      );
      fill(
        canvas,
        1,
        ([z = 0, y = 0, x = 0]) => Math.hypot(y - 12 - 0.8 * z, x - 26 + 4 * Math.cos(sway * z * 0.25)) - 2.2,
        0.4,
      );
    },
  },
];
