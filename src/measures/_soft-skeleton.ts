import type { Reals } from '../core/index.ts';
import {
  dilate,
  dilateBackward,
  erode,
  erodeBackward,
  grow,
  growBackward,
  isConstant,
  openWorkspace,
  poolingScratch,
  slack,
  sumCovered,
  type Workspace,
} from '../kernels/index.ts';

/**
 * Soft skeletons of one picture after another, in the same room: what an opening takes away, erosion after erosion. Shit et al. 2021,
 * arXiv 2003.07311, algorithm 1.
 */
export class SoftSkeleton {
  readonly #space: Workspace;
  readonly #size: number;
  readonly #spatial: readonly number[];
  readonly #layers: number;
  readonly #taped: boolean;
  /** The picture's erosions from the first on, and the skeleton before each layer and after the last: two of each where no way back is wanted. */
  readonly #eroded: Reals[];
  readonly #grown: Reals[];
  readonly #work: readonly [Reals, Reals, Reals];
  readonly #empty: Reals;

  /** `taped`: whether gradients are wanted. `further`: arrays that the caller wants of the room. */
  constructor(
    precision: 'single' | 'double',
    spatial: readonly number[],
    { iterations, taped, further }: { iterations: number; taped: boolean; further: number },
  ) {
    const size = spatial.reduce((a, b) => a * b, 1);
    const kept = taped ? iterations + 1 : 2;
    const arrays = 2 * kept + 4 + further;
    this.#space = openWorkspace(precision, arrays * (size + 2 * slack) + poolingScratch(spatial) + 256, Infinity);
    this.#size = size;
    this.#spatial = spatial;
    this.#layers = iterations + 1;
    this.#taped = taped;
    this.#eroded = Array.from({ length: kept }, () => this.picture());
    this.#grown = Array.from({ length: kept }, () => this.picture());
    this.#work = [this.picture(), this.picture(), this.picture()];
    this.#empty = this.picture();
  }

  /** Room for a picture. */
  picture(): Reals {
    return this.#space.reals(this.#size + slack).subarray(0, this.#size);
  }

  /** Room for labels or places. */
  integers(): Int32Array {
    return this.#space.integers(this.#size + slack).subarray(0, this.#size);
  }

  close(): void {
    this.#space.close();
  }

  /** The skeleton of a picture, until the next one is asked for. */
  of(picture: Reals): Reals {
    if (isConstant(picture)) return this.#empty;
    if (!this.#holds(picture)) return this.#doubles().of(Float64Array.from(picture));
    return this.#grow(picture);
  }

  /** Kernels of singles know finite numbers alone. */
  #holds(picture: Reals): boolean {
    return picture instanceof Float64Array || Number.isFinite(sumCovered(picture, picture).all);
  }

  #doubles(): SoftSkeleton {
    return new SoftSkeleton('double', this.#spatial, { iterations: this.#layers - 1, taped: this.#taped, further: 0 });
  }

  #grow(picture: Reals): Reals {
    const [opened, scratch] = this.#work;
    for (let layer = 0; layer < this.#layers; layer++) {
      const [image, smaller] = [this.#image(picture, layer), this.#image(picture, layer + 1)];
      erode(image, this.#spatial, smaller, scratch);
      dilate(smaller, this.#spatial, opened, scratch);
      grow(this.#before(layer), image, opened, this.#before(layer + 1));
    }
    return this.#before(this.#layers);
  }

  /** The gradient at a picture, from the `slope` at its skeleton, which is used up. */
  backward(picture: Reals, slope: Reals): Reals {
    if (!this.#holds(picture)) return this.#doubles().backward(Float64Array.from(picture), Float64Array.from(slope));
    this.#grow(picture);
    const [opened, one, other] = this.#work;
    let [atSmaller, atImage] = [one.fill(0), other];
    for (let layer = this.#layers - 1; layer >= 0; layer--) {
      const [image, smaller] = [this.#image(picture, layer), this.#image(picture, layer + 1)];
      dilate(smaller, this.#spatial, opened, atImage);
      growBackward(this.#before(layer), image, opened, slope, atImage);
      dilateBackward(smaller, this.#spatial, opened, atSmaller);
      erodeBackward(image, this.#spatial, atSmaller, atImage);
      [atSmaller, atImage] = [atImage, atSmaller];
    }
    return atSmaller;
  }

  /** The picture after so many erosions. */
  #image(picture: Reals, erosions: number): Reals {
    return erosions === 0 ? picture : (this.#eroded[this.#at(erosions)] ?? picture);
  }

  /** The skeleton before a layer. */
  #before(layer: number): Reals {
    return layer === 0 ? this.#empty : (this.#grown[this.#at(layer)] ?? this.#empty);
  }

  #at(step: number): number {
    return this.#taped ? step - 1 : step % 2;
  }
}
