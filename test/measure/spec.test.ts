import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { defaultSpec, parseLoss, specText, withOptions } from '../../src/measure/spec.ts';
import { termsOf } from '../../src/measure/wiring.ts';

/** The sentence a spelling is refused with. */
function refusal(text: string): string {
  try {
    parseLoss(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('spellings that are taken', () => {
  test.each([
    ['ce', 'ce', {}, 'logits'],
    [' ce ', 'ce', {}, 'logits'],
    ['ce:', 'ce', {}, 'logits'],
    ['ce:reduction=sum', 'ce', { reduction: 'sum' }, 'logits'],
    ['ce: reduction = sum ,, label-smoothing=0.1', 'ce', { reduction: 'sum', 'label-smoothing': 0.1 }, 'logits'],
    ['ce:from=probabilities,clip=1e-7', 'ce', { clip: 1e-7 }, 'probabilities'],
    ['ce:log-floor=-100', 'ce', { 'log-floor': -100 }, 'logits'],
    ['ce:label-smoothing=0', 'ce', { 'label-smoothing': 0 }, 'logits'],
    ['ce:label-smoothing=1', 'ce', { 'label-smoothing': 1 }, 'logits'],
    ['focal:gamma=.5', 'focal', { gamma: 0.5 }, 'logits'],
    ['focal:alpha=0.25', 'focal', { alpha: [0.25] }, 'logits'],
    ['focal:alpha=0.2/1/3', 'focal', { alpha: [0.2, 1, 3] }, 'logits'],
    ['focal:gamma=1,gamma=3', 'focal', { gamma: 3 }, 'logits'],
    ['dice:batch=true,background=false', 'dice', { batch: true, background: false }, 'auto'],
    ['dice:squared=vnet,form=log-cosh', 'dice', { squared: 'vnet', form: 'log-cosh' }, 'auto'],
    ['dpce:variant=caliva,limit=5', 'dpce', { variant: 'caliva', limit: 5 }, 'logits'],
    ['topk:threshold=0.7,by=winner', 'topk', { threshold: 0.7, by: 'winner' }, 'logits'],
    ['bce:log-floor=-50', 'bce', { 'log-floor': -50 }, 'probabilities'],
    ['nll:from=log-probabilities', 'nll', {}, 'log-probabilities'],
    ['ss:from=auto', 'ss', {}, 'auto'],
  ] as const)('%s', (text, id, options, from) => {
    const spec = parseLoss(text);
    expect(spec.loss.id).toBe(id);
    expect(spec.options).toEqual({ ...defaultSpec(spec.loss, true).options, ...options });
    expect(spec.from).toBe(from);
    expect(spec.declared).toBe(true);
    expect(spec.text).toBe(text.trim());
  });

  test('every loss by its bare name has its defaults', () => {
    for (const loss of losses) {
      const { options, from, text } = parseLoss(loss.id);
      for (const [name, { default: usual }] of Object.entries(loss.options)) expect(options[name]).toEqual(usual);
      expect([from, text]).toEqual([loss.from, loss.id]);
    }
  });

  test('a loss nobody declared says so', () => {
    expect(parseLoss('dice', false).declared).toBe(false);
    expect(defaultSpec(parseLoss('dice').loss, false).declared).toBe(false);
  });
});

describe('spellings that are refused, with the reason', () => {
  const ids = losses.map(({ id }) => id).join(', ');

  test.each([
    ['', `--loss "": there is no loss ""; there are ${ids}`],
    ['cross-entropy', `--loss "cross-entropy": there is no loss "cross-entropy"; there are ${ids}`],
    ['CE', `there is no loss "CE"; there are ${ids}`],
    [':gamma=2', 'there is no loss ""'],
    ['ce:0.1', '--loss "ce:0.1": "0.1" is not option=value'],
    ['ce:label-smoothing', '"label-smoothing" is not option=value'],
    ['ce:gamma=2', 'ce has no option "gamma"; it has from, '],
    ['ce:=2', 'ce has no option ""'],
    ['nll:clip=0.1', 'nll has no option "clip"; it has from, reduction'],
    [
      'ce:from=softmax',
      '--loss "ce:from=softmax": from=softmax is not one of logits, probabilities, log-probabilities, auto',
    ],
    ['ce:reduction=none', '--loss "ce:reduction=none": reduction=none is not one of mean, sum'],
    ['ce:reduction=Sum', 'reduction=Sum is not one of mean, sum'],
    ['dice:batch=yes', '--loss "dice:batch=yes": batch=yes is not true or false'],
    ['dice:batch=', 'batch= is not true or false'],
    ['focal:gamma=two', '--loss "focal:gamma=two": gamma=two is not a number'],
    ['focal:gamma=', 'gamma= is not a number'],
    ['focal:gamma=NaN', 'gamma=NaN is not a number'],
    ['focal:gamma=-1', 'gamma=-1 is outside [0, Infinity]'],
    ['ce:label-smoothing=1.5', 'label-smoothing=1.5 is outside [0, 1]'],
    ['ce:clip=0.6', 'clip=0.6 is outside [0, 0.5]'],
    ['ce:log-floor=1', 'log-floor=1 is outside [-Infinity, 0]'],
    ['topk:k=101', 'k=101 is outside [0, 100]'],
    ['topk:k=10%', 'k=10% is not a number'],
    ['focal:alpha=0.2/x', '--loss "focal:alpha=0.2/x": alpha=0.2/x (a list is written 0.2/1/3): is not a number'],
    ['focal:alpha=0.2/', '--loss "focal:alpha=0.2/": alpha=0.2/ (a list is written 0.2/1/3): is not a number'],
    ['focal:alpha=[1 2]', '--loss "focal:alpha=[1 2]": alpha=[1 2] (a list is written 0.2/1/3): is not a number'],
    ['topk:threshold=null', 'threshold=null is not a number'],
  ])('%s', (text, fragment) => {
    expect(refusal(text)).toContain(fragment);
  });
});

describe('sums', () => {
  test.each([
    ['dice + ce', [1, 'dice'], [1, 'ce']],
    ['dice+ce', [1, 'dice'], [1, 'ce']],
    ['dice + 0.5*ce', [1, 'dice'], [0.5, 'ce']],
    ['2*focal:gamma=3 - dice', [2, 'focal:gamma=3'], [-1, 'dice']],
    ['-dice + ce', [-1, 'dice'], [1, 'ce']],
    ['dice:form=negative, background=false + ce', [1, 'dice:form=negative, background=false'], [1, 'ce']],
    ['ce:clip=1e-7 + 1e-1 * dice', [1, 'ce:clip=1e-7'], [0.1, 'dice']],
    ['1e+2*ce - ce:log-floor= -3', [100, 'ce'], [-1, 'ce:log-floor= -3']],
    ['bce-logits - dice-ce', [1, 'bce-logits'], [-0.5, 'dice'], [-1, 'ce']],
  ] as const)('%s', (typed, ...terms) => {
    const text = typed.replace('dice-ce', 'dice-ce:dice-weight=0.5');
    const spec = parseLoss(text);
    expect(spec.loss.id).toBe('compound');
    expect(spec.text).toBe(text);
    const own = termsOf(spec, 'exclusive').map((term) => [term.factor, term.spec.text]);
    expect(own).toEqual(terms);
  });

  test('one term times a number is a sum, one term alone is not', () => {
    expect(parseLoss('0.5*dice').loss.id).toBe('compound');
    expect(parseLoss('+dice').loss.id).toBe('dice');
  });

  test('are handed what the first term says that is particular about it', () => {
    expect(parseLoss('dice + ce').from).toBe('logits');
    expect(parseLoss('dice + boundary').from).toBe('auto');
    expect(parseLoss('dice + bce').from).toBe('probabilities');
    expect(parseLoss('dice + ce').loss.activation({}, 'multilabel')).toBe('softmax');
    expect(parseLoss('dice + bce-logits').loss.activation({}, 'exclusive')).toBe('sigmoid');
  });

  test('are defined for what all their terms are defined for', () => {
    expect(parseLoss('topk + dice').loss.kinds).toEqual(['binary', 'exclusive']);
  });
});

describe('a spec as it would be typed', () => {
  test.each([
    ['ce', 'ce'],
    ['ce:reduction=mean', 'ce'],
    ['ce:label-smoothing=0.10', 'ce:label-smoothing=0.1'],
    ['ce:clip=0.0000001,from=probabilities', 'ce:from=probabilities,clip=1e-7'],
    ['focal:alpha=.2/1/3.0', 'focal:alpha=0.2/1/3'],
    ['dice:background=false,batch=true', 'dice:batch=true,background=false'],
  ])('%s is %s', (typed, written) => {
    const { loss, options, from } = parseLoss(typed);
    expect(specText(loss, options, from)).toBe(written);
    expect(parseLoss(written).options).toEqual(options);
  });

  test('says what was changed', () => {
    const spec = withOptions(parseLoss('dice:batch=true'), { smooth: 1, background: false });
    expect(spec.text).toBe('dice:smooth=1,batch=true,background=false');
    expect(spec.options.smooth).toBe(1);
    expect(withOptions(spec, { smooth: null, batch: false, background: true }).text).toBe('dice');
  });

  test('leaves the original alone when options are changed', () => {
    const spec = parseLoss('ce');
    withOptions(spec, { reduction: 'sum' });
    expect(spec.options.reduction).toBe('mean');
    expect(spec.text).toBe('ce');
  });
});
