import { expect, test } from 'vitest';
import { terminal } from '../../src/reporters/terminal.ts';
import { display } from './_builders.ts';
import { doubleSoftmax, healthy } from './_samples.ts';

test('a healthy case', () => {
  expect(`\n${terminal.render(healthy, display())}`).toMatchInlineSnapshot(`
    "
    ok no defect found
      ce is 0.21448 and can fall to 0. A uniform guess costs 0.69315, the class
      frequencies alone 0.41203.

      read      prediction  runs/042/pred.npy
                            float32, 4 images x 2 classes x 176 x 240, logits
                target      data/mask.npy
                            uint8 [4, 176, 240], class ids

      loss     value  uniform    prior  floor   gradient
      ce *   0.21448  0.69315  0.41203      0  0.0013400
      dice  0.087000  0.50000  0.46670      0  0.0013400
      * the loss named with --loss
      uniform, prior: the cost of knowing nothing, or only how frequent classes are
      floor: the lowest value that can be reached as it is wired; gradient: L2 norm

                                                     share of  share of
      class         pixels  predicted   Dice    IoU      loss  gradient
      0 background  93.4 %     95.1 %  0.972  0.946    50.0 %    40.0 %
      1 vessel       6.6 %      4.9 %  0.700  0.539    50.0 %    40.0 %

    no findings, 4 checks clear, 1 not applicable (--verbose lists them)
    "
  `);
});

test('one error with its consequence', () => {
  expect(`\n${terminal.render(doubleSoftmax, display())}`).toMatchInlineSnapshot(`
    "
    x probabilities are read as logits                       probabilities-as-logits

      Cross-entropy applies softmax itself, and this file already holds
      probabilities, so softmax is applied twice. However good the model is, the
      loss cannot fall below 1.543 with 11 classes.

        channel sums, furthest from 1  0.0004        (limit 0.001)
        values                         0 to 0.99998
        gradient that is left          12.2 %        (limit: 100 % for logits)

      repair    softmax dropped: ce 1.90433 -> 1.77421, measured on these files
      why       Softmax of values between 0 and 1 can give no class more than e / (e
                + 10).
      fix       PyTorch  drop the softmax: F.cross_entropy(logits, target,
                         ignore_index=11)
                MONAI    softmax=False in the loss, or remove the activation from
                         the network
                Keras    from_logits=False
      more      lossprobe explain probabilities-as-logits

      this also explains
        ! the loss sits near the value of a guess                      plateau-value

    i some classes are 100 times rarer than others                   class-imbalance
      The rarest class present has 0.68 % of the pixels and the commonest 29.4 ...

      read      prediction  runs/042/pred.npy
                            float32, 4 images x 11 classes x 176 x 240, softmax
                target      data/camvid/mask.npy
                            uint8 [4, 176, 240], class ids; 11 ignored (0.48 %)
      assumed   class names  numbers only (guess): none were given; --classes
                             overrides it

      reported  1.90433 is the value of ce:from=logits, as declared: the number
                itself is right
                412 values tried; by chance, 0.001 of them would fit

      loss    value  uniform    prior   floor   gradient
      ce *   1.9043   2.3979   1.7760  1.5430  1.2200e-4
      dice  0.31145  0.87120  0.90470       0  0.0013400
      * the loss named with --loss
      uniform, prior: the cost of knowing nothing, or only how frequent classes are
      floor: the lowest value that can be reached as it is wired; gradient: L2 norm

                                                      share of  share of
      class          pixels  predicted   Dice    IoU      loss  gradient
       0 sky          8.4 %      9.4 %  0.910  0.835     7.1 %     5.2 %
       9 pedestrian  0.68 %    0.004 %  0.000  0.000    50.0 %    40.0 %
      10                0 %        0 %      -      -       0 %    40.0 %

    1 error, 1 warning, 1 note, 4 checks clear, 1 not applicable, 1 skipped
    "
  `);
});
