import type { Reals } from '../core/index.ts';
import {
  absoluteErrors,
  absoluteSlopes,
  hingeErrors,
  hingeSlopes,
  lovaszExtension,
  lovaszScratch,
  openWorkspace,
  slack,
  type Workspace,
} from '../kernels/index.ts';
import { fillTarget } from './_channels.ts';
import type { WholeImage } from './whole-images.ts';

/** Where errors are ranked, run after run of pixels. */
export class LovaszRoom {
  /** Slopes of the value at every pixel of the last ranking. */
  readonly slopes: Reals;
  readonly #kind: 'absolute' | 'hinge';
  readonly #space: Workspace;
  readonly #labels: Int32Array;
  readonly #x: Reals;
  readonly #truth: Reals;
  readonly #errors: Reals;

  constructor(kind: 'absolute' | 'hinge', precision: 'single' | 'double', most: number) {
    const length = most + slack;
    this.#kind = kind;
    this.#space = openWorkspace(precision, 5 * (length + slack) + lovaszScratch(length) + 256, Infinity);
    this.#labels = this.#space.integers(length);
    [this.#x, this.#truth, this.#errors, this.slopes] = Array.from({ length: 4 }, () => this.#space.reals(length)) as [
      Reals,
      Reals,
      Reals,
      Reals,
    ];
  }

  /** Puts what a channel of an image says, and its target, at a place. */
  put(x: Reals, { labels, targets }: WholeImage, channel: number, from: number): void {
    const to = from + labels.length;
    this.#labels.set(labels, from);
    this.#x.set(x, from);
    const own = this.#labels.subarray(from, to);
    fillTarget(targets, own, channel, this.#truth.subarray(from, to), this.#errors.subarray(from, to));
  }

  /** The value of the first so many pixels; leaves the slopes where they are wanted. */
  rank(count: number, sloped: boolean): number {
    const [x, truth, errors, slopes] = [this.#x, this.#truth, this.#errors, this.slopes].map((it) =>
      it.subarray(0, count),
    ) as [Reals, Reals, Reals, Reals];
    const labels = this.#labels.subarray(0, count);
    const absolute = this.#kind === 'absolute';
    (absolute ? absoluteErrors : hingeErrors)(x, truth, errors);
    const value = lovaszExtension(errors, truth, labels, absolute ? -Infinity : 0, slopes);
    if (sloped && absolute) absoluteSlopes(x, truth, slopes);
    else if (sloped) hingeSlopes(errors, truth, slopes);
    return value;
  }

  close(): void {
    this.#space.close();
  }
}
