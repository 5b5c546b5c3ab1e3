// A mediocre but honest network, imitated: it sees the true labels through a warp, mixes some classes up in patches,
// blurs what it saw as a decoder does, and adds correlated noise. Returns channel-first logits.

import { blur, smoothNoise, upperQuantile } from './fields.mjs';

const defaults = {
  warp: 1.5, // pixels by which an outline is misplaced (standard deviation)
  blur: 1, // radius of one box pass; three are made
  floor: 0.012, // evidence that a class gets everywhere: sets the highest confidence
  noise: 0.7,
  grain: 3, // radius of the noise in pixels
  confusions: [], // { from, to, share }: patches of one class taken for another
};

export function imitateNetwork(ids, shape, classes, random, options) {
  const setting = { ...defaults, ...options };
  const seen = confuse(warped(ids, shape, random, setting.warp), shape, random, setting.confusions);
  // Networks are surer here than there: the confidence varies smoothly over the image.
  const sureness = smoothNoise(random, shape, 8).map((x) => Math.min(1.5, Math.max(0.5, 1 + 0.22 * x)));
  const logits = new Float64Array(classes * ids.length);
  for (let k = 0; k < classes; k++) {
    const evidence = blur(
      seen.map((id) => (id === k ? 1 : 0)),
      shape,
      setting.blur,
    );
    const coarse = smoothNoise(random, shape, setting.grain);
    const fine = smoothNoise(random, shape, 1);
    for (let i = 0; i < ids.length; i++)
      logits[k * ids.length + i] =
        sureness[i] * (Math.log(setting.floor + evidence[i]) + 2.5) +
        setting.noise * (0.9 * coarse[i] + 0.25 * fine[i]);
  }
  return logits;
}

/** One number per pixel where two classes compete: the logit of a sigmoid head. */
export function imitateBinaryNetwork(mask, shape, random, options) {
  const both = imitateNetwork(mask, shape, 2, random, options);
  return Float64Array.from(mask, (_, i) => both[mask.length + i] - both[i]);
}

/** Every pixel looks a little beside itself, smoothly, and on average nowhere: outlines err, nothing is shifted. */
function warped(ids, shape, random, amount) {
  const offsets = shape.map(() => smoothNoise(random, shape, 3));
  const result = new Uint8Array(ids.length);
  const place = shape.map(() => 0);
  for (let i = 0; i < ids.length; i++) {
    let rest = i;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape[axis];
      rest = (rest - place[axis]) / shape[axis];
    }
    let source = 0;
    for (let axis = 0; axis < shape.length; axis++) {
      const moved = Math.round(place[axis] + amount * offsets[axis][i]);
      source = source * shape[axis] + Math.min(shape[axis] - 1, Math.max(0, moved));
    }
    result[i] = ids[source];
  }
  return result;
}

function confuse(ids, shape, random, confusions) {
  const result = Uint8Array.from(ids);
  for (const { from, to, share } of confusions) {
    const field = smoothNoise(random, shape, 3);
    const limit = upperQuantile(
      field.filter((_, i) => ids[i] === from),
      share,
    );
    for (let i = 0; i < ids.length; i++) if (ids[i] === from && field[i] > limit) result[i] = to;
  }
  return result;
}
