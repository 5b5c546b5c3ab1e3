import { type Finding, type Rule, rule, type Series } from '../core/index.ts';
import { plural, significant } from './_words.ts';

const smallestStep = 1e-4;
const smallestFall = 1e-3;
const fewest = 3;

/** Share of the way from the class prior to the lowest value after which a standstill may be success. */
const learned = 0.5;

/** Checkpoints that do not differ. */
export const frozenOutput: Rule = rule({
  id: 'frozen-output',
  title: 'the output does not change from checkpoint to checkpoint',
  severity: 'warning',
  explain: {
    test:
      'Over the last three or more checkpoints the probabilities change by less than 0.0001 (root mean square) at every step, or the loss ' +
      'stays within 0.1 %. float16 resolves a p near one half to 0.0005. A run that has gone half the way from the class prior to the ' +
      'lowest value of its loss, and stands at its best, may have converged and is let be, unless the outputs are equal to the last bit.',
    why:
      'A network that is trained changes with every step, if only a little. One that does not is not being trained: the weights that ' +
      'the optimiser moves are not those that make this output, or no gradient reaches them.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'print the gradient norms after backward(): None or 0 says where the graph is cut (.detach(), .data, argmax, torch.no_grad()); check the learning rate, requires_grad, and that the optimizer was built from the parameters of this very model',
      },
      {
        framework: 'MONAI',
        text: 'the same; post-processing such as AsDiscrete belongs behind the loss, not before it',
      },
      {
        framework: 'Keras',
        text: 'trainable=True on the layers, set before compile(); no tf.argmax or K.round in the loss',
      },
      {
        framework: 'nnU-Net',
        text: 'check that the checkpoints are of different epochs, and the learning-rate schedule',
      },
    ],
    exceptions:
      'Checkpoints of a finished run, or of the end of a schedule whose learning rate has gone to 0. Three copies of one file look the ' +
      'same way.',
    seen: ['https://github.com/jakeret/tf_unet/issues/244'],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-0.3], b: [-0.1] },
      target: '001\n011\n111',
      series: { of: 'checkpoints', before: ['aab\nabb\nbbb', 'aab\nabb\nbbb'] },
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aac\nacc\nccc',
      legend: { a: [-0.3], b: [-0.1], c: [0.4] },
      target: '001\n011\n111',
      series: { of: 'checkpoints', before: ['aab\nabb\nbbb', 'aac\nabb\nbbb'] },
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: [],
  explains: ['no-better-than-prior'],
  needs: {},
  check(_, __, { series }) {
    if (series === null || series.checkpoints.length < fewest) {
      return {
        notApplicable: 'needs three checkpoints of the same input: lossprobe trend a.npy b.npy c.npy --target mask.png',
      };
    }
    const still = tail(series, ({ change }) => change !== null && change.rms < smallestStep);
    const last = series.checkpoints.at(-1)?.loss ?? Number.NaN;
    const level = tail(series, (_it, before) => Math.abs(before - last) < smallestFall * Math.abs(last));
    const count = Math.max(still, level);
    if (!(count >= fewest)) return undefined;
    const steps = series.checkpoints.slice(-count + 1).map(({ change }) => change?.rms ?? Number.NaN);
    const same = still >= fewest && steps.every((rms) => rms === 0);
    if (!same && hasConverged(series, last)) return undefined;
    return finding(series, count, steps, still >= fewest);
  },
});

/** Checkpoints at the end of the series between which every step passes a test; `before` is the loss ahead of the step. */
function tail({ checkpoints }: Series, passes: (it: Series['checkpoints'][number], before: number) => boolean): number {
  let count = 1;
  for (let k = checkpoints.length - 1; k > 0; k--) {
    const [it, before] = [checkpoints[k], checkpoints[k - 1]];
    if (it === undefined || before === undefined || !passes(it, before.loss)) break;
    count++;
  }
  return count;
}

/** The loss stands at its best, and that is nearer to its lowest value than to what the class prior scores. */
function hasConverged({ checkpoints, prior, floor }: Series, last: number): boolean {
  const best = checkpoints.reduce((lowest, { loss }) => Math.min(lowest, loss), Infinity);
  return last - best <= 0.1 * Math.abs(best) && (prior - last) / (prior - floor) >= learned;
}

function finding({ checkpoints, spec }: Series, count: number, steps: readonly number[], still: boolean): Finding {
  const losses = checkpoints.slice(-count).map(({ loss }) => loss);
  const [first = Number.NaN, last = Number.NaN] = [losses[0], losses.at(-1)];
  const largest = Math.max(...steps);
  const moved = `the probabilities change by ${significant(largest, 2)} (root mean square) at most`;
  const stands = `${spec} goes from ${significant(first, 5)} to ${significant(last, 5)}`;
  return {
    message:
      `over the last ${plural(count, 'checkpoint')} ${moved} from one to the next and ${stands}; a network in training changes by more than ` +
      `${still ? `${smallestStep}` : '0.1 % of its loss'}. Print the gradient norms and check learning rate, optimizer and graph.`,
    ...(still ? {} : { title: 'the loss does not change from checkpoint to checkpoint' }),
    strength: steps.every((rms) => rms === 0) ? 0.9 : 0.6,
    evidence: [
      { label: 'checkpoints that do not differ', value: count, limit: fewest },
      { label: 'largest change of p between two of them', value: largest, limit: smallestStep },
      { label: `${spec}, first of them`, value: first },
      { label: `${spec}, last of them`, value: last },
    ],
  };
}
