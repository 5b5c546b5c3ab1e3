import type { Reals } from '../core/index.ts';
import { aboveHalf, openWorkspace, slack, squaredDistances, type Workspace } from '../kernels/index.ts';

/** Where masks of whole images are made and measured. */
export class MaskRoom {
  readonly #space: Workspace;
  readonly #spatial: readonly number[];
  readonly #spacing: readonly number[];
  readonly #size: number;
  /** The last mask: 1 inside, 0 outside. */
  readonly members: Int16Array;

  constructor(precision: 'single' | 'double', spatial: readonly number[], spacing: readonly number[] | null) {
    this.#size = spatial.reduce((a, b) => a * b, 1);
    this.#space = openWorkspace(precision, 9 * (this.#size + 2 * slack) + 64, Infinity);
    this.#spatial = spatial;
    this.#spacing = spacing ?? spatial.map(() => 1);
    const { buffer, byteOffset } = this.#space.integers(Math.ceil(this.#size / 2) + slack);
    this.members = new Int16Array(buffer, byteOffset, this.#size);
  }

  picture(): Reals {
    return this.#space.reals(this.#size + slack).subarray(0, this.#size);
  }

  integers(): Int32Array {
    return this.#space.integers(this.#size + slack).subarray(0, this.#size);
  }

  /** Squared distances to the other side of where numbers are above 1/2; Infinity where there is none. */
  squares(picture: Reals, out: Reals): void {
    const count = aboveHalf(picture, this.members);
    if (count === 0 || count === this.#size) out.fill(Infinity);
    else out.set(squaredDistances(this.members, this.#spatial, this.#spacing));
  }

  close(): void {
    this.#space.close();
  }
}
