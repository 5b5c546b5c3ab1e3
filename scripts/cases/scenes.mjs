// What the cameras saw: label maps painted back to front, with uneven outlines and skewed class frequencies.

import { labelRim, smoothNoise } from './fields.mjs';

/** Paints `id` wherever `inside(y, x)` holds. */
function paint(ids, [height, width], id, inside) {
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (inside(y, x)) ids[y * width + x] = id;
}

// Written out, because Math.hypot may round differently from one engine to the next.
const norm = (a, b, c = 0) => Math.sqrt(a * a + b * b + c * c);

/** Signed distance to an ellipse in radii: negative inside. A smooth field added to it makes the outline uneven. */
const ellipse = (cy, cx, ry, rx) => (y, x) => norm((y - cy) / ry, (x - cx) / rx) - 1;

/** A street from a driver's seat: 0 road, 1 building, 2 tree, 3 sky, 4 car, 5 person. `truth` knows every pixel; `target` is the annotation, with void 255. */
export function street(random) {
  const shape = [96, 160];
  const [height, width] = shape;
  const truth = new Uint8Array(height * width).fill(3);
  const wobble = smoothNoise(random, shape, 2);
  const uneven = (y, x, amount) => amount * wobble[y * width + x];
  const vanishing = { y: 47, x: 92 };

  // House fronts in steps, lower towards the vanishing point.
  const roofs = [];
  while (roofs.length < width) {
    const nearness = Math.abs(roofs.length - vanishing.x) / width;
    const roof = vanishing.y - 8 - 58 * nearness * random.between(0.55, 1.1);
    for (let wide = Math.round(random.between(11, 24)); wide > 0; wide--) roofs.push(roof);
  }
  paint(truth, shape, 1, (y, x) => y > roofs[x] && Math.abs(x - vanishing.x) > 7);

  for (let tree = 0; tree < 6; tree++) {
    const x0 = [14, 40, 66, 116, 131, 151][tree] + random.between(-3, 3);
    const size = 7 + 10 * (Math.abs(x0 - vanishing.x) / width);
    const crown = ellipse(vanishing.y - 9 - size * 0.5, x0, size, size * random.between(0.8, 1.15));
    paint(truth, shape, 2, (y, x) => crown(y, x) + uneven(y, x, 0.14) < 0);
    paint(truth, shape, 2, (y, x) => Math.abs(x - x0) < 1.3 && y > vanishing.y - 12 && y < vanishing.y + size * 0.7);
  }
  paint(truth, shape, 0, (y, x) => y > vanishing.y + 3 + 0.11 * Math.abs(x - vanishing.x) + uneven(y, x, 0.5));

  for (const [cy, cx, half] of [
    [55, 104, 5],
    [59, 70, 7],
    [66, 128, 13],
    [68, 28, 15],
  ]) {
    const body = ellipse(cy, cx, half * 0.42, half);
    const cabin = ellipse(cy - half * 0.35, cx, half * 0.45, half * 0.62);
    paint(truth, shape, 4, (y, x) => Math.min(body(y, x), cabin(y, x)) + uneven(y, x, 0.08) < 0);
  }
  for (const [cy, cx, tall] of [
    [60, 52, 10],
    [57, 87, 5],
    [62, 148, 8],
  ]) {
    const body = ellipse(cy, cx, tall * 0.62, tall * 0.26);
    const head = ellipse(cy - tall * 0.72, cx, tall * 0.2, tall * 0.17);
    paint(truth, shape, 5, (y, x) => Math.min(body(y, x), head(y, x)) < 0);
  }

  // Annotators leave outlines, the car's own bonnet and one unreadable spot as void.
  const target = Uint8Array.from(truth);
  const rim = labelRim(truth, shape);
  const bonnet = ellipse(height + 4, 76, 11, 62);
  const unreadable = ellipse(41, 92, 4, 5);
  paint(target, shape, 255, (y, x) => rim[y * width + x] || bonnet(y, x) < 0 || unreadable(y, x) < 0);
  return { shape, truth, target };
}

/** Separate roundish cells at random places, `count` of them. */
export function cells(random, shape, count, radii) {
  const [height, width] = shape;
  const mask = new Uint8Array(height * width);
  const wobble = smoothNoise(random, shape, 3);
  const placed = [];
  for (let attempt = 0; placed.length < count && attempt < 400; attempt++) {
    const radius = random.between(...radii);
    const y0 = random.between(2, height - 2);
    const x0 = random.between(2, width - 2);
    if (placed.some((cell) => norm(cell.y0 - y0, cell.x0 - x0) < cell.radius + radius + 2)) continue;
    placed.push({ y0, x0, radius });
    const stretch = random.between(0.75, 1.3);
    const outline = ellipse(y0, x0, radius * stretch, radius / stretch);
    paint(mask, shape, 1, (y, x) => outline(y, x) + 0.12 * wobble[y * width + x] < 0);
  }
  return mask;
}

/** One large skin lesion off the middle, with a lobe and two satellites. */
export function lesion(random, shape) {
  const width = shape[1];
  const mask = new Uint8Array(shape[0] * width);
  const wobble = smoothNoise(random, shape, 4);
  for (const [cy, cx, ry, rx] of [
    [52, 58, 22, 27],
    [70, 80, 15, 18],
    [28, 112, 6, 7],
    [92, 30, 5, 6],
  ]) {
    const outline = ellipse(cy, cx, ry, rx);
    paint(mask, shape, 1, (y, x) => outline(y, x) + 0.13 * wobble[y * width + x] < 0);
  }
  return mask;
}

/** A scan in slices: 1 an organ, 2 two tumours inside it. */
export function organ(random, shape) {
  const [depth, height, width] = shape;
  const ids = new Uint8Array(depth * height * width);
  const wobble = smoothNoise(random, shape, 3);
  const distance = (z, y, x, [cz, cy, cx, rz, ry, rx]) =>
    norm((z - cz) / rz, (y - cy) / ry, (x - cx) / rx) + 0.12 * wobble[(z * height + y) * width + x] - 1;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const within = (solid) => distance(z, y, x, solid) < 0;
        if (!within([6.5, 20, 17, 6, 13, 14])) continue;
        const tumour = within([5, 16, 13, 3, 5, 5]) || within([8.5, 25, 21, 2, 4, 3.5]);
        ids[(z * height + y) * width + x] = tumour ? 2 : 1;
      }
  return ids;
}

/** Three regions one inside another, as brain tumours are annotated: a pixel may belong to all of them. */
export function nestedRegions(random, shape) {
  const [height, width] = shape;
  const wobble = smoothNoise(random, shape, 3);
  const cy = height * random.between(0.42, 0.58);
  const cx = width * random.between(0.35, 0.65);
  const outline = ellipse(cy, cx, 19, 23);
  return [1, 0.66, 0.38].map((scale) => {
    const mask = new Uint8Array(height * width);
    paint(mask, shape, 1, (y, x) => outline(y, x) + 0.13 * wobble[y * width + x] < scale - 1);
    return mask;
  });
}
