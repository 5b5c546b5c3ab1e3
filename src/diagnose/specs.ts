import {
  type Activation,
  type Kind,
  type Loss,
  type LossSpec,
  type Subject,
  type TableChoice,
  UsageError,
} from '../core/index.ts';
import { losses } from '../losses/index.ts';
import { defaultSpec, parseLoss } from '../measure/spec.ts';
import { formOf } from '../measure/wiring.ts';

/** The loss that is assumed when none is declared: cross-entropy in the form that the file holds. */
export function assumedSpec(kind: Kind, activation: Activation): LossSpec {
  const form = formOf(activation);
  if (kind === 'exclusive') {
    const id = form === 'log-probabilities' ? 'nll' : form === 'probabilities' ? 'ce:from=probabilities' : 'ce';
    return parseLoss(id, false);
  }
  return parseLoss(form === 'probabilities' ? 'bce' : 'bce-logits', false);
}

/** A declared loss that is not defined for this kind of problem is a mistake of usage, not a defect of the arrays. */
export function refuseUndefined(specs: readonly LossSpec[], { kind, channels }: Subject): void {
  for (const { loss, text } of specs) {
    if (loss.kinds.includes(kind)) continue;
    const what = {
      binary: 'one-channel predictions',
      exclusive: 'exclusive classes',
      multilabel: 'overlapping classes',
    };
    throw new UsageError(
      `--loss ${text} is not defined for ${what[kind]} (this prediction has ${channels} channel${channels === 1 ? '' : 's'}); ` +
        `it is for ${loss.kinds.map((it) => what[it]).join(', ')}`,
    );
  }
}

/** The losses of the table besides the declared ones: each as it would be if it were fed properly. */
export function tableSpecs(declared: readonly LossSpec[], kind: Kind, choice: TableChoice): LossSpec[] {
  const shown = choice === 'none' ? [] : losses.filter((loss) => choice === 'all' || usual[kind].includes(loss.id));
  return shown
    .filter(
      (loss) =>
        loss.kinds.includes(kind) && !isConstant(loss, kind) && !declared.some((spec) => spec.loss.id === loss.id),
    )
    .map((loss) => ({ ...defaultSpec(loss, false), from: 'auto' as const }))
    .sort((a, b) => rank(usual[kind], a.loss.id) - rank(usual[kind], b.loss.id));
}

/** Softmax over one channel is 1 whatever the network says. */
function isConstant(loss: Loss, kind: Kind): boolean {
  return kind === 'binary' && loss.activation(defaultSpec(loss, false).options, kind) === 'softmax';
}

function rank(order: readonly string[], id: string): number {
  const at = order.indexOf(id);
  return at < 0 ? order.length : at;
}

const usual: Readonly<Record<Kind, readonly string[]>> = {
  exclusive: ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'],
  binary: ['bce-logits', 'topk', 'focal', 'dpce', 'ss', 'dice'],
  multilabel: ['bce-logits', 'focal', 'ss', 'dice'],
};
