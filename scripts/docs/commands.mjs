// The pages of docs/ about commands with a report of their own.
import { fenced, page, section, table } from './markdown.mjs';

const encoded =
  'NaN and the infinities are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`; other versions of the schema get another number.';

export function descendPage() {
  return page(
    'lossprobe descend',
    'Answers one question: can this loss go down at all? It takes the exported array, lets every value move freely, and goes down the gradient of the loss exactly as the training code wires it. A network can do no better than that: where free values cannot lower a loss, no weights will.\n',
    fenced('lossprobe descend pred.npy mask.png --loss ce --steps 50'),
    section(
      'What is done',
      [
        '- **What moves.** Logits as they are stored. Of probabilities the logits behind them, so that they stay probabilities: softmax, sigmoid and both of them twice are undone first and applied again at every step (a probability of 0 is taken for the smallest float32 for that, except where the loss as wired is infinite because of it). Decisions (one-hot, class ids) let no gradient through, and nothing moves.',
        '- **A step** goes against the gradient. Its length is the same for every loss and at every step, 0.2 as the root of the mean square over the valid pixels, so that losses of any scale can be compared after as many steps. It is halved until the loss falls by at least 1/10,000 of what the gradient promises (Armijo 1966), and doubled again afterwards, up to its full length.',
        '- **How much is looked at.** At most about 32,768 values (but no fewer than 1,024 pixels) and 8 images: a grid of every n-th pixel along each axis, so that neighbours stay neighbours. Of the grids that begin at different pixels the one whose class frequencies are nearest to those of the whole is taken. The report says what was looked at, and all its numbers are of that part.',
        '- **Which losses.** The one named with `--loss` as wired (without `--loss` cross-entropy in the form that the file holds); the same fed as it should be, where that is something else; and the usual candidates fed as they should be. Several `--loss` are taken alone.',
        '- **The weakest class** is the one of the target with the lowest soft Dice in the stored array, 2 sum p g / (sum p + sum g). Losses are ranked by the number of steps after which it has covered half of what its Dice is short of 1, then by its Dice in the end.',
        '- **A class never moves** when its soft recall is below 0.9, rises by less than 0.005, and it has no more than 1/1,000 of the gradient or the loss is done.',
      ].join('\n'),
    ),
    section(
      'Outcomes',
      table(
        ['outcome', 'meaning', 'as wired'],
        [
          ['`free`', 'covered 95 % of the way to the lowest value of its formula', ''],
          ['`falling`', 'on its way there', ''],
          ['`stalled`', 'stopped above it: the last quarter of the steps brought less than 1 % of the fall', ''],
          [
            '`floor`',
            'covered 95 % of the way to a floor above that value, which no logits get below',
            'error [`loss-floor`](questions/loss-floor.md)',
          ],
          ['`limited`', 'on its way to such a floor', 'error [`loss-floor`](questions/loss-floor.md)'],
          [
            '`bottomless`',
            'falls as fast at the end as before, and nothing is known to stop it',
            'error [`loss-bottomless`](questions/loss-bottomless.md)',
          ],
          [
            '`below`',
            'fell below the lowest value of its formula',
            'error [`loss-below-bound`](questions/loss-below-bound.md)',
          ],
          ['`no-gradient`', 'cannot move', 'error [`loss-stuck`](questions/loss-stuck.md)'],
          [
            '`no-number`',
            'NaN or infinite, or its gradient is',
            'error [`loss-no-number`](questions/loss-no-number.md)',
          ],
          ['`raises`', 'the training code would stop with an error', 'error [`loss-raises`](questions/loss-raises.md)'],
        ],
      ),
    ),
    'A class that never moves under a loss as wired is a warning, [`class-never-moves`](questions/class-never-moves.md). Findings decide the exit code as they do everywhere (`--fail-on`).\n',
    section(
      'JSON',
      `\`--json\` writes \`{ schema: 1, tool: { name, version }, descent }\`. ${encoded}\n\n${table(
        ['field of `descent`', 'what it is'],
        [
          ['`prediction`', '`path`, `dtype`, `shape`, `layout`, `activation`'],
          ['`target`', '`path`, `dtype`, `shape`, `ignore`'],
          ['`assumptions`', 'as in the report of `lossprobe diagnose`'],
          ['`moved`', 'what was free to move, in words'],
          ['`steps`, `stepLength`', 'asked for; root of the mean square of a full step'],
          ['`sample`', '`everyImage`, `everyPixel` (along each axis), `pixels`, `of`'],
          ['`weakest`', '`index`, `name`, `dice`; null where the target holds no class'],
          [
            '`losses[]`',
            '`loss`, `spec`, `declared`, `wiring` (`as-wired` or `proper`), `start`, `end`, `floor`, `lowerBound`, `outcome`, `verdict` (in words), `trace` (after every step), `halfway`, `rank`, `classes`',
          ],
          [
            '`losses[].classes[]`',
            '`index`, `name`, `pixels`, `dice` and `recall` (`before`, `after`), `gradientShare`, `moves`',
          ],
          ['`findings[]`', '`rule`, `severity`, `title`, `message`, `evidence`'],
        ],
      )}`,
    ),
  );
}

export function trendPage() {
  return page(
    'lossprobe trend',
    'Compares several exports of the same input: checkpoints of one run, oldest first, or the same weights in training and in evaluation mode.\n',
    fenced(
      'lossprobe trend epoch1.npy epoch5.npy epoch9.npy --target mask.png --loss ce\nlossprobe trend --modes train.npy eval.npy --target mask.png --loss ce',
    ),
    section(
      'What is asked',
      table(
        ['question', 'severity', 'found when'],
        [
          ['[`frozen-output`](rules/frozen-output.md)', 'warning', 'the last three or more checkpoints do not differ'],
          ['[`train-eval-gap`](rules/train-eval-gap.md)', 'warning', 'training and evaluation mode answer differently'],
          [
            '[`divergence`](questions/divergence.md)',
            'warning',
            'the last loss is above the best one by more than half of that, and rising; an error where a loss is NaN or infinite',
          ],
          [
            '[`dying-class`](questions/dying-class.md)',
            'warning',
            'a class of the target had a Dice of 0.3 or more and has a tenth of it, or less, now',
          ],
          [
            '[`plateau`](questions/plateau.md)',
            'note',
            'the loss changed by less than 1 % over the last three checkpoints, and the output is not frozen',
          ],
          ['[`forms-differ`](questions/forms-differ.md)', 'warning', 'some exports hold logits, others probabilities'],
        ],
      ),
    ),
    'The loss is taken as wired, but of the two modes, and for the questions wherever some exports hold logits and others probabilities, as it should be fed. Outputs are compared as probabilities, over the valid pixels and all channels: the root of the mean square, and the mean of the absolute difference. Where the values of one export leave it open what they are, the other exports decide.\n',
    section(
      'JSON',
      `\`--json\` writes \`{ schema: 1, tool: { name, version }, trend }\`. ${encoded}\n\n${table(
        ['field of `trend`', 'what it is'],
        [
          ['`target`', '`path`, `dtype`, `shape`, `ignore`'],
          [
            '`checkpoints[]`',
            '`path`, `dtype`, `shape`, `layout`, `activation`, `change` from the one before (`rms`, `mean`; null for the first)',
          ],
          ['`losses[]`', '`loss`, `spec`, `declared`, `values` (one per checkpoint), `prior`, `floor`'],
          ['`classes[]`', '`index`, `name`, `pixels`, `frequency`, and one per checkpoint: `dice`, `predicted`'],
          ['`modes`', '`train` and `eval` (`path`, `loss`), `change`; null without `--modes`'],
          ['`verdicts[]`', 'as in the report of `lossprobe diagnose`: every question exactly once, found ones first'],
        ],
      )}`,
    ),
  );
}
