import type { Reals, SoftmaxParts, Step } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import type { SharedTile } from './tile.ts';

/** Steps that leave nothing behind for stable logs. */
const elementwise = { exp: kernel.exp, log: kernel.log, argmax: kernel.argmax, threshold: kernel.threshold } as const;

/** One step from the stored values towards probabilities, worked out at most once per tile; a number scales. */
export class Stage {
  readonly before: Stage | null;
  ready = false;
  readonly #shared: SharedTile;
  readonly #step: Step | number;
  readonly #output: Reals;
  /** What a softmax leaves for stable logs. */
  readonly #top: Reals | null;
  readonly #logSum: Reals | null;
  #logs: { readonly p: Reals; readonly q: Reals } | null = null;
  #logsReady = { p: false, q: false };

  constructor(shared: SharedTile, before: Stage | null, step: Step | number) {
    const { workspace, channels, stride } = shared;
    this.#shared = shared;
    this.before = before;
    this.#step = step;
    this.#output = workspace.reals(channels * stride);
    this.#top = step === 'softmax' ? workspace.reals(stride) : null;
    this.#logSum = step === 'softmax' ? workspace.reals(stride) : null;
  }

  /** Asks for -ln p and -ln(1 - p) from the scores, which come almost for free with a sigmoid. */
  keepLogs(): void {
    const { workspace, channels, stride } = this.#shared;
    this.#logs ??= { p: workspace.reals(channels * stride), q: workspace.reals(channels * stride) };
  }

  input(): Reals {
    return this.before === null ? this.#shared.scores : this.before.values();
  }

  values(): Reals {
    if (this.ready) return this.#output;
    const { channels, stride, count } = this.#shared;
    const [input, output] = [this.input(), this.#output];
    this.#logsReady = { p: false, q: false };
    if (typeof this.#step === 'number') kernel.affine(input, this.#step, 0, output, channels, stride, count);
    else if (this.#top !== null && this.#logSum !== null) {
      kernel.softmax(input, output, this.#top, this.#logSum, channels, stride, count);
    } else if (this.#step !== 'sigmoid') {
      elementwise[this.#step as keyof typeof elementwise](input, output, channels, stride, count);
    } else if (this.#logs === null) kernel.sigmoid(input, output, channels, stride, count);
    else {
      kernel.sigmoidWithLogs(input, output, this.#logs.p, this.#logs.q, channels, stride, count);
      this.#logsReady = { p: true, q: true };
    }
    this.ready = true;
    return output;
  }

  /** What a softmax leaves. */
  softmaxParts(): SoftmaxParts {
    return { p: this.values(), top: this.#top as Reals, logSum: this.#logSum as Reals };
  }

  /** -ln p without loss where p is next to 1. */
  negLogP(): Reals {
    this.keepLogs();
    const out = (this.#logs as { p: Reals }).p;
    void this.values();
    if (this.#logsReady.p) return out;
    const { channels, stride, count } = this.#shared;
    const input = this.input();
    if (this.#top !== null && this.#logSum !== null) {
      kernel.negLogSoftmax(input, this.#top, this.#logSum, out, channels, stride, count);
    } else if (this.#step === 'exp') kernel.negate(input, out, channels, stride, count);
    else kernel.negLog(this.#output, out, channels, stride, count);
    this.#logsReady.p = true;
    return out;
  }

  /** -ln(1 - p), likewise where the step knows it. */
  negLogQ(): Reals {
    this.keepLogs();
    const out = (this.#logs as { q: Reals }).q;
    void this.values();
    if (this.#logsReady.q) return out;
    const { channels, stride, count } = this.#shared;
    kernel.negLogComplement(this.#output, out, channels, stride, count);
    this.#logsReady.q = true;
    return out;
  }

  /** -ln p of the labelled class alone; false where all classes must be worked out for it. */
  nll(labels: Int32Array, out: Reals): boolean {
    if (this.#top === null || this.#logSum === null) return false;
    const { stride, count } = this.#shared;
    void this.values();
    kernel.nllSoftmax(this.input(), this.#top, this.#logSum, labels, out, stride, count);
    return true;
  }

  /** The chain rule through this step, in place. */
  backward(gradient: Reals): void {
    const { channels, stride, count } = this.#shared;
    const output = this.values();
    if (typeof this.#step === 'number') kernel.affine(gradient, this.#step, 0, gradient, channels, stride, count);
    else if (this.#step === 'softmax') {
      kernel.softmaxBackward(gradient, output, this.#shared.scratch('dots', stride), channels, stride, count);
    } else if (this.#step === 'sigmoid') kernel.sigmoidBackward(gradient, output, channels, stride, count);
    else kernel.multiply(gradient, output, channels, stride, count);
  }
}
