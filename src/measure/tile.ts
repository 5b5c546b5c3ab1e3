import { type Step, type Tile, type View, viewKey } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';

/** The values of one step: what it produced, and what the softmax left for stable logs. */
interface Stage {
  readonly step: Step;
  readonly input: Float64Array;
  readonly output: Float64Array;
  readonly top: Float64Array;
  readonly logSum: Float64Array;
}

/** Steps that leave nothing behind for stable logs. */
const elementwise = {
  exp: kernel.exp,
  log: kernel.log,
  argmax: kernel.argmax,
  threshold: kernel.threshold,
} as const;

/** What the tiles of all views share: the stored values and the target of the run. */
export interface SharedTile {
  image: number;
  start: number;
  count: number;
  readonly stride: number;
  readonly channels: number;
  readonly scores: Float64Array;
  /** Softmax of the scores, which most views begin with: taken once for all of them. */
  readonly softmax: Stage & { ready: boolean };
  readonly labels: Int32Array;
  readonly targets: Float64Array | null;
}

/** Room for one step on a tile. */
export function stage(step: Step, input: Float64Array, stride: number): Stage {
  const row = (): Float64Array => new Float64Array(stride);
  return { step, input, output: new Float64Array(input.length), top: row(), logSum: row() };
}

/** A tile under one view: steps and logs are worked out when first asked for and kept until the next run. */
export class ViewTile implements Tile {
  readonly #shared: SharedTile;
  readonly #view: View;
  readonly #stages: readonly Stage[];
  readonly #scaled: Float64Array | null;
  readonly #negLogP: Float64Array;
  readonly #negLogQ: Float64Array;
  readonly #nll: Float64Array;
  /** Tiles of other views that were asked for through this one. */
  readonly #siblings = new Map<string, ViewTile>();
  #ready = { scores: false, steps: false, negLogP: false, negLogQ: false, nll: false };

  constructor(shared: SharedTile, view: View) {
    const size = shared.channels * shared.stride;
    this.#shared = shared;
    this.#view = view;
    this.#scaled = view.scores === 1 ? null : new Float64Array(size);
    this.#negLogP = new Float64Array(size);
    this.#negLogQ = new Float64Array(size);
    this.#nll = new Float64Array(shared.stride);
    let input = this.#scaled ?? shared.scores;
    this.#stages = view.steps.map((step, k) => {
      const first = k === 0 && step === 'softmax' && view.scores === 1;
      const own = first ? shared.softmax : stage(step, input, shared.stride);
      input = own.output;
      return own;
    });
  }

  get image(): number {
    return this.#shared.image;
  }
  get start(): number {
    return this.#shared.start;
  }
  get count(): number {
    return this.#shared.count;
  }
  get stride(): number {
    return this.#shared.stride;
  }
  get channels(): number {
    return this.#shared.channels;
  }
  get labels(): Int32Array {
    return this.#shared.labels;
  }

  /** Forgets what was worked out for the last run. */
  reset(): void {
    for (const sibling of this.#siblings.values()) sibling.reset();
    this.#shared.softmax.ready = false;
    this.#ready = { scores: false, steps: false, negLogP: false, negLogQ: false, nll: false };
  }

  get scores(): Float64Array {
    const { scores, channels, stride, count } = this.#shared;
    if (this.#scaled === null) return scores;
    if (!this.#ready.scores) {
      kernel.affine(scores, this.#view.scores, 0, this.#scaled, channels, stride, count);
      this.#ready.scores = true;
    }
    return this.#scaled;
  }

  get targets(): Float64Array | null {
    return this.#shared.targets;
  }

  under(view: View): Tile {
    const key = viewKey(view);
    if (key === viewKey(this.#view)) return this;
    const sibling = this.#siblings.get(key) ?? new ViewTile(this.#shared, view);
    this.#siblings.set(key, sibling);
    return sibling;
  }

  logits(): Float64Array {
    const { channels, stride, count } = this.#shared;
    void this.probabilities();
    const last = this.#stages.at(-1);
    if (last !== undefined) return last.input;
    this.#logits ??= new Float64Array(channels * stride);
    kernel.negate(this.negLogP(), this.#logits, channels, stride, count);
    return this.#logits;
  }

  probabilities(): Float64Array {
    const last = this.#stages.at(-1);
    if (last === undefined) return this.scores;
    if (!this.#ready.steps) {
      const { channels, stride, count } = this.#shared;
      void this.scores;
      const { softmax } = this.#shared;
      for (const own of this.#stages) {
        const { step, input, output, top, logSum } = own;
        if (own === softmax && softmax.ready) continue;
        softmax.ready ||= own === softmax;
        if (step === 'softmax') kernel.softmax(input, output, top, logSum, channels, stride, count);
        else if (step !== 'sigmoid') elementwise[step](input, output, channels, stride, count);
        else if (output === last.output && this.#view.logs === 'stable') {
          kernel.sigmoidWithLogs(input, output, this.#negLogP, this.#negLogQ, channels, stride, count);
          this.#ready.negLogP = true;
          this.#ready.negLogQ = true;
        } else kernel.sigmoid(input, output, channels, stride, count);
      }
      this.#ready.steps = true;
    }
    return last.output;
  }

  /** The last step when its logs are to be taken from the scores; undefined when they are taken of p. */
  #stable(): Stage | undefined {
    const last = this.#stages.at(-1);
    if (last?.step === 'log' || last?.step === 'argmax' || last?.step === 'threshold') return undefined;
    return this.#view.logs === 'stable' ? last : undefined;
  }

  negLogP(): Float64Array {
    const { channels, stride, count } = this.#shared;
    const p = this.probabilities();
    if (this.#ready.negLogP) return this.#negLogP;
    const stage = this.#stable();
    const out = this.#negLogP;
    if (stage === undefined) kernel.negLog(p, out, channels, stride, count);
    else if (stage.step === 'softmax') {
      kernel.negLogSoftmax(stage.input, stage.top, stage.logSum, out, channels, stride, count);
    } else kernel.negate(stage.input, out, channels, stride, count);
    this.#ready.negLogP = true;
    return out;
  }

  negLogQ(): Float64Array {
    const { channels, stride, count } = this.#shared;
    const p = this.probabilities();
    const out = this.#negLogQ;
    if (this.#ready.negLogQ) return out;
    kernel.negLogComplement(p, out, channels, stride, count);
    this.#ready.negLogQ = true;
    return out;
  }

  nll(): Float64Array {
    if (this.#ready.nll) return this.#nll;
    const { stride, count, labels } = this.#shared;
    const out = this.#nll;
    const stage = this.#stable();
    if (stage?.step === 'softmax') {
      this.probabilities();
      kernel.nllSoftmax(stage.input, stage.top, stage.logSum, labels, out, stride, count);
    } else kernel.pick(this.negLogP(), labels, out, stride, count);
    this.#ready.nll = true;
    return out;
  }

  backward(gradient: Float64Array, of: 'probabilities' | 'scores'): void {
    const { channels, stride, count } = this.#shared;
    // A gradient that was worked out elsewhere may be the first to need the steps.
    void this.probabilities();
    const steps = this.#stages.length - (of === 'scores' ? 1 : 0);
    for (const stage of this.#stages.slice(0, steps).reverse()) {
      if (stage.step === 'softmax') {
        kernel.softmaxBackward(gradient, stage.output, this.#dots(), channels, stride, count);
      } else if (stage.step === 'sigmoid') kernel.sigmoidBackward(gradient, stage.output, channels, stride, count);
      else kernel.multiply(gradient, stage.output, channels, stride, count);
    }
    if (this.#view.scores !== 1) kernel.affine(gradient, this.#view.scores, 0, gradient, channels, stride, count);
  }

  #logits: Float64Array | null = null;
  #scratch: Float64Array | null = null;
  #dots(): Float64Array {
    this.#scratch ??= new Float64Array(this.#shared.stride);
    return this.#scratch;
  }
}
