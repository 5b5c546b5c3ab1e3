import { type Reals, type SoftmaxParts, type Step, type Tile, type View, viewKey } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { Stage } from './stage.ts';

/** What the tiles of all views share: the stored values and the target of the run, and where to work. */
export class SharedTile {
  image = 0;
  start = 0;
  count = 0;
  readonly channels: number;
  readonly stride: number;
  readonly scores: Reals;
  readonly labels: Int32Array;
  readonly targets: Reals | null;
  readonly workspace: kernel.Workspace;
  readonly #stages = new Map<string, Stage>();
  readonly #scratch = new Map<string, Reals>();
  readonly #sums = new Map<string, Float64Array>();
  /** Names of the sums that were worked out for this run. */
  readonly #summed = new Set<string>();
  #rows: Int32Array | null = null;
  #rowsReady = false;

  constructor(channels: number, stride: number, scores: Reals, dense: boolean, workspace: kernel.Workspace) {
    this.channels = channels;
    this.stride = stride;
    this.scores = scores;
    this.workspace = workspace;
    this.labels = workspace.integers(stride);
    this.targets = dense ? workspace.reals(channels * stride) : null;
  }

  /** Moves on to another run of pixels, whose scores, labels and targets have been read. */
  moveTo(image: number, start: number, count: number): void {
    this.image = image;
    this.start = start;
    this.count = count;
    kernel.closeRows(this.labels, count);
    this.#rowsReady = false;
    for (const stage of this.#stages.values()) stage.ready = false;
    this.#summed.clear();
  }

  /** The last stage of a view's steps; views with the same steps share it. */
  stageOf({ steps, scores, logs }: View): Stage | null {
    let last: Stage | null = null;
    for (const [k, step] of [...(scores === 1 ? [] : [scores]), ...steps].entries()) {
      const key = `${scores}>${steps.slice(0, k + 1).join('>')} ${k}`;
      const known: Stage = this.#stages.get(key) ?? new Stage(this, last, step);
      this.#stages.set(key, known);
      last = known;
    }
    if (logs === 'stable') last?.keepLogs();
    return last;
  }

  rows(): Int32Array {
    const { targets, labels, stride, count, workspace } = this;
    if (targets === null || this.channels > 1) return labels;
    this.#rows ??= workspace.integers(stride);
    if (!this.#rowsReady) {
      kernel.binaryRows(targets, labels, this.#rows, count);
      kernel.closeRows(this.#rows, count);
      this.#rowsReady = true;
    }
    return this.#rows;
  }

  sums(name: string, length: number, fill: (out: Float64Array) => void): Float64Array {
    const out = this.#sums.get(name) ?? new Float64Array(length);
    this.#sums.set(name, out);
    if (!this.#summed.has(name)) fill(out.fill(0));
    this.#summed.add(name);
    return out;
  }

  scratch(name: string, length: number): Reals {
    const key = `${name} ${length}`;
    const known = this.#scratch.get(key) ?? this.workspace.reals(length);
    this.#scratch.set(key, known);
    return known;
  }
}

/** A tile under one view: steps and logs are worked out when first asked for and kept until the next run. */
export class ViewTile implements Tile {
  readonly rounded: boolean;
  readonly last: Step | undefined;
  readonly #shared: SharedTile;
  readonly #view: View;
  readonly #last: Stage | null;
  /** What is done to the stored values, as a name. */
  readonly #steps: string;
  readonly #arrays = new Map<string, Reals>();
  /** Names of what was worked out for this run. */
  readonly #kept = new Set<string>();
  /** Tiles of other views that were asked for through this one. */
  readonly #siblings = new Map<string, ViewTile>();

  constructor(shared: SharedTile, view: View) {
    this.#shared = shared;
    this.#view = view;
    this.#last = shared.stageOf(view);
    this.last = view.steps.at(-1);
    this.#steps = `${view.scores}>${view.steps.join('>')}`;
    this.rounded = view.logs !== 'stable' || view.steps.length === 0;
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
  get targets(): Reals | null {
    return this.#shared.targets;
  }

  get scores(): Reals {
    return this.#view.scores === 1 ? this.#shared.scores : this.#first().values();
  }

  rows(): Int32Array {
    return this.#shared.rows();
  }

  sums(name: string, length: number, fill: (out: Float64Array) => void): Float64Array {
    return this.#shared.sums(`${this.#steps} ${name}`, length, fill);
  }

  scratch(name: string, length: number): Reals {
    return this.#shared.scratch(name, length);
  }

  kept(name: string, length: number, fill: (out: Reals) => void): Reals {
    const out = this.#arrays.get(name) ?? this.#shared.workspace.reals(length);
    this.#arrays.set(name, out);
    if (!this.#kept.has(name)) fill(out);
    this.#kept.add(name);
    return out;
  }

  /** Forgets what was worked out for the last run. */
  reset(): void {
    this.#kept.clear();
    for (const sibling of this.#siblings.values()) sibling.reset();
  }

  under(view: View): Tile {
    const key = viewKey(view);
    if (key === viewKey(this.#view)) return this;
    const sibling = this.#siblings.get(key) ?? new ViewTile(this.#shared, view);
    this.#siblings.set(key, sibling);
    return sibling;
  }

  logits(): Reals {
    if (this.#view.steps.length > 0 && this.#last !== null) return this.#last.input();
    const { channels, stride, count } = this.#shared;
    return this.kept('logits', channels * stride, (out) => {
      kernel.negate(this.negLogP(), out, channels, stride, count);
    });
  }

  softmax(): SoftmaxParts {
    const steps = [...this.#view.steps.slice(0, -1), 'softmax'] as const;
    return (this.#shared.stageOf({ ...this.#view, steps, logs: 'rounded' }) as Stage).softmaxParts();
  }

  probabilities(): Reals {
    return this.#last === null ? this.#shared.scores : this.#last.values();
  }

  negLogP(): Reals {
    const { channels, stride, count } = this.#shared;
    return (
      this.#stable()?.negLogP() ??
      this.kept('-ln p', channels * stride, (out) => {
        kernel.negLog(this.probabilities(), out, channels, stride, count);
      })
    );
  }

  negLogQ(): Reals {
    const { channels, stride, count } = this.#shared;
    return (
      this.#stable()?.negLogQ() ??
      this.kept('-ln(1 - p)', channels * stride, (out) => {
        kernel.negLogComplement(this.probabilities(), out, channels, stride, count);
      })
    );
  }

  nll(): Reals {
    const { stride, count, labels } = this.#shared;
    return this.kept('-ln p of the label', stride, (out) => {
      if (this.#stable()?.nll(labels, out) !== true) kernel.pick(this.negLogP(), labels, out, stride, count);
    });
  }

  backward(gradient: Reals, of: 'probabilities' | 'scores'): void {
    // A gradient that was worked out elsewhere may be the first to need the steps.
    void this.probabilities();
    let stage = this.#last;
    if (of === 'scores') stage = stage?.before ?? null;
    for (; stage !== null; stage = stage.before) stage.backward(gradient);
  }

  /** The last step when its logs are to be taken from the scores; undefined when they are taken of p. */
  #stable(): Stage | undefined {
    return this.rounded ? undefined : (this.#last ?? undefined);
  }

  /** The stage that scales the stored values. */
  #first(): Stage {
    let stage = this.#last as Stage;
    while (stage.before !== null) stage = stage.before;
    return stage;
  }
}
