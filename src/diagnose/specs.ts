import type { Activation, Kind, LossSpec } from '../core/index.ts';
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

/** The losses of the table besides the declared ones: each as it would be if it were fed properly. */
export function tableSpecs(declared: readonly LossSpec[], kind: Kind): LossSpec[] {
  const shown = kind === 'exclusive' ? exclusive : kind === 'binary' ? binary : multilabel;
  return shown
    .filter((id) => !declared.some((spec) => spec.loss.id === id))
    .flatMap((id) => losses.filter((loss) => loss.id === id))
    .map((loss) => ({ ...defaultSpec(loss, false), from: 'auto' as const }));
}

const exclusive = ['ce', 'weighted-ce', 'topk', 'focal', 'dpce', 'ss', 'dice'];
const binary = ['bce-logits', 'topk', 'focal', 'dpce', 'ss', 'dice'];
const multilabel = ['bce-logits', 'focal', 'ss', 'dice'];
