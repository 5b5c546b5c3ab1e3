import { Command, Option } from 'commander';
import { version } from '../report/version.ts';
import type { ExitCode } from './exit-code.ts';
import type { World } from './terminal.ts';

/** Collects the values of an option that may be given several times. */
function collect(value: string, known: readonly string[] | undefined): string[] {
  return [...(known ?? []), value];
}

/** Options that say what the arrays are and what the training code did with them. */
function readingOptions(command: Command): Command {
  return command
    .option('--loss <spec>', 'the loss that the training code used, such as ce or focal:gamma=3 (repeatable)', collect)
    .option('--dialect <library>', 'the declared losses have the defaults of this library: monai, smp, nnunet, ...')
    .option('--layout <axes>', 'order of the axes of the prediction, such as NCHW or NHWC')
    .option('--activation <state>', 'what the file holds: logits, softmax, sigmoid, log-softmax, ...')
    .option('--classes <n or names>', 'number of classes, or their names: sky,road,car')
    .option('--ignore-index <n>', 'label that is left out of the loss (repeatable)', collect)
    .option(
      '--weights <list, file or recipe>',
      'class weights: 0.2,1,3, a JSON or .npy file, or a recipe such as balanced',
    )
    .option('--spacing <sizes>', 'pixel or voxel size along each axis: 3,0.8,0.8')
    .option('--exact', 'work in float64 also where the file holds singles: slower, all digits')
    .option('--no-gradients', 'values alone: one sweep over the pixels instead of two')
    .option('--threads <n>', 'threads that share the work on large files; as many as pay when left out, 1 for none');
}

/** Options that say how to answer. */
function reportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(['error', 'warning', 'note', 'never'])
        .default('error'),
    )
    .option('--json', 'the report as JSON')
    .option('--quiet', 'the findings only, a line each')
    .option('--verbose', 'every check and every assumption')
    .option('--no-color', 'no colour');
}

/** Options of the commands that write the report on a pair of arrays. */
function sharedOptions(command: Command): Command {
  readingOptions(command)
    .option('--reported <number>', 'the value that the training code printed, with all its digits', collect)
    .option(
      '--baseline <loss=value or report>',
      'losses of an earlier run on these arrays: ce=0.337, or its JSON report',
      collect,
    )
    .option('--rules <ids>', 'ask only these rules: id,id')
    .option('--disable <ids>', 'do not ask these rules')
    .option('--reporter <id[=file]>', 'how to write the report: terminal or json, to a file if one is named', collect);
  return reportOptions(command);
}

/** The command line. The code of the commands is loaded when one is run, so that --help loads none of it. */
export function program(world: World, result: { exitCode: ExitCode }): Command {
  const root = new Command('lossprobe')
    .description(
      'Finds out why a segmentation loss is huge, negative, NaN or not going down: opens prediction and target,\nrecomputes the loss and names the defect.',
    )
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError('(lossprobe --help lists the commands and options)')
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) => void world.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'lossprobe: ')),
    })
    .exitOverride();
  const settle = (code: ExitCode): void => {
    result.exitCode = code;
  };
  const loaded = async <T>(command: Promise<T>): Promise<T> => {
    const it = await command;
    world.onLoaded?.();
    return it;
  };
  sharedOptions(
    root
      .command('diagnose', { isDefault: true })
      .argument('<prediction>', 'what the network put out: .npy or an image; - for standard input')
      .argument('[target]', 'the mask: .npy, .png, ...')
      .description('the main job: what the arrays are, the losses, the classes, the findings'),
  ).action(async (prediction: string, target: string | undefined, flags) => {
    const { diagnoseCommand } = await loaded(import('./commands.ts'));
    settle(await diagnoseCommand(world, prediction, target, flags));
  });
  sharedOptions(
    root
      .command('identify')
      .argument('[prediction]', 'with arrays, every formula is tried on them')
      .argument('[target]')
      .description('which formula made a reported number; without arrays, which well-known constant it is'),
  )
    .option('--foreground <share>', 'share of foreground pixels, such as 0.1 or 10% (without arrays)')
    .option(
      '--log <file>',
      'a training log, CSV or a JSON object per line: its course and its plateau (without arrays)',
    )
    .option('--column <name>', 'column of the log; loss where there is one')
    .action(async (prediction: string | undefined, target: string | undefined, flags) => {
      const { identifyCommand } = await loaded(import('./identify.ts'));
      settle(await identifyCommand(world, prediction, target, flags));
    });
  sharedOptions(
    root
      .command('losses')
      .argument('[prediction]')
      .argument('[target]')
      .description('the catalogue of losses; with arrays, the value of each'),
  ).action(async (prediction: string | undefined, target: string | undefined, flags) => {
    const { lossesCommand } = await loaded(import('./commands.ts'));
    settle(await lossesCommand(world, prediction, target, flags));
  });
  sharedOptions(
    root
      .command('dialects')
      .argument('<prediction>')
      .argument('[target]')
      .description('the same loss name under PyTorch, MONAI, SMP, nnU-Net, ... and why the values differ'),
  ).action(async (prediction: string, target: string | undefined, flags) => {
    const { dialectsCommand } = await loaded(import('./commands.ts'));
    settle(await dialectsCommand(world, prediction, target, flags));
  });
  reportOptions(
    readingOptions(
      root
        .command('descend')
        .argument('<prediction>', 'what the network put out: .npy or an image')
        .argument('[target]', 'the mask: .npy, .png, ...')
        .option('--steps <n>', 'steps of gradient descent, 1 to 1000 (50 when left out)')
        .description('how far can this loss fall on these arrays, and what would other losses do to them'),
    ),
  ).action(async (prediction: string, target: string | undefined, flags) => {
    const { descendCommand } = await loaded(import('./descend.ts'));
    settle(await descendCommand(world, prediction, target, flags));
  });
  reportOptions(
    readingOptions(
      root
        .command('trend')
        .argument('[checkpoints...]', 'predictions for the same input, oldest first: .npy, ...')
        .option('--target <mask>', 'the mask: .npy, .png, ...')
        .option('--modes <files...>', 'the same weights in training mode and in evaluation mode: train.npy eval.npy')
        .description('several checkpoints of one network on the same input: what moves, what stands still, what dies'),
    ),
  ).action(async (checkpoints: string[], flags) => {
    const { trendCommand } = await loaded(import('./trend.ts'));
    settle(await trendCommand(world, checkpoints, flags));
  });
  root
    .command('embed')
    .argument('<features>', 'what the network put out before its last layer: .npy, [D, H, W] or [D, Z, H, W]')
    .argument('<mask>', 'the class ids: .npy or .png, of the same height and width')
    .option('--loss <spec>', 'an embedding loss such as arcface or triplet:mining=batch-all (repeatable)', collect)
    .option('--weights <file>', 'class matrix [C, D]; without one, class means stand in for it')
    .option('--triplets <file>', 'flat pixel indices [n, 3]: anchor, positive, negative')
    .option('--pairs <file>', 'flat pixel indices [n, 2]')
    .option('--ignore-index <n>', 'label that is left out (repeatable)', collect)
    .option('--json', 'the report as JSON')
    .option('--quiet', 'the findings only, a line each')
    .option('--no-color', 'no colour')
    .description('embedding losses on exported features: values, gradients, angles within and between classes')
    .action(async (features: string, mask: string, flags) => {
      const { embedCommand } = await loaded(import('./embed.ts'));
      settle(await embedCommand(world, features, mask, flags));
    });
  root
    .command('explain')
    .argument('[id]', 'a rule, loss or formula; without one, all ids are listed')
    .option('--no-color', 'no colour')
    .description('why a rule fires and how to fix it, what a loss is, what a formula means')
    .action(async (id: string | undefined, flags) => {
      const { explainCommand } = await loaded(import('./explain.ts'));
      settle(await explainCommand(world, id, flags));
    });
  root
    .command('demo')
    .argument('[name]', 'one of the shipped cases; without one, the best known of them')
    .option('--list', 'list the shipped cases')
    .option('--json', 'the report as JSON')
    .option('--quiet', 'the findings only, a line each')
    .option('--verbose', 'every check and every assumption')
    .option('--no-color', 'no colour')
    .description('diagnose a shipped case')
    .action(async (name: string | undefined, flags) => {
      const { demoCommand } = await loaded(import('./commands.ts'));
      settle(await demoCommand(world, name, flags));
    });
  return root;
}
