import type { Formula } from '../core/index.ts';

/** Each prediction against the mask of another image of the batch. */
export const otherMask: Formula = {
  id: 'other-mask',
  title: 'masks of other images',
  about: 'The lists of images and masks were off by one, or one of them ran backwards.',
  formula: 'loss(p_i, g_j), j = i + 1, i - 1 or N - 1 - i',
  suppose({ subject: { images }, wired }) {
    const all = Array.from({ length: images }, (_, image) => image);
    const orders = new Map([
      ['the next image', all.map((image) => (image + 1) % images)],
      ['the image before', all.map((image) => (image + images - 1) % images)],
      ['the images in reverse', [...all].reverse()],
    ]);
    // Two images can only be swapped.
    const known = new Set([all.join()]);
    return [...orders].flatMap(([name, order]) => {
      if (known.has(order.join())) return [];
      known.add(order.join());
      const view = { ...wired, target: { ...wired.target, images: order } };
      return [{ departures: [`targets of ${name}`], view }];
    });
  },
};
