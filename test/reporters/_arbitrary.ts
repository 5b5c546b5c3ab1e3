import fc from 'fast-check';
import type { DType } from '../../src/core/ndarray.ts';
import type { CaseReport, Report, Verdict } from '../../src/core/report.ts';

/** Any number but minus zero, which the report does not keep. */
const number = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
const count = fc.nat({ max: 10_000_000 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** What a file, a class or an error message may smuggle onto a screen. */
const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '| a | b |',
  'two\nlines',
  'return\r',
  'line\u2028separator\u2029',
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u001b',
  '\u009b2J',
  '\u202eesrever',
  '\u0000\u0008\u007f',
  'セグメンテーション損失の診断',
  '데이터',
  '👩‍👩‍👧‍👦 mask 🩺',
  'e\u0301\u0301\u0301',
  '\ud800',
  '/data/'.repeat(30),
  'C:\\very\\long\\'.repeat(12),
  'x'.repeat(200),
  'NaN',
  '-Infinity',
  '',
);
const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 3 })
  .map((parts) => {
    return parts.join(' ');
  });
const word = fc.oneof(text, fc.constantFrom('dice:smooth=1,batch=true,background=false', 'plateau-value', 'vessel'));

const verdict: fc.Arbitrary<Verdict> = fc.record({
  rule: word,
  status: fc.constantFrom('found', 'found', 'clear', 'not-applicable', 'skipped', 'crashed'),
  severity: fc.constantFrom('error', 'warning', 'note'),
  role: fc.constantFrom('cause', 'consequence', null),
  causedBy: fc.option(word, { nil: null }),
  title: text,
  message: text,
  evidence: fc.array(
    fc.record(
      { label: text, value: fc.oneof(number, fc.constantFrom('<b>', 'a b')), unit: text, limit: number },
      { requiredKeys: ['label', 'value'] },
    ),
    { maxLength: 3 },
  ),
  why: text,
  fix: fc.array(fc.record({ framework: word, text }), { maxLength: 2 }),
  effect: orNull(fc.record({ what: text, loss: word, before: number, after: number })),
  reason: text,
});

const term = fc.record({
  spec: word,
  factor: number,
  value: number,
  gradient: orNull(fc.record({ l2: number, share: number, cosines: fc.array(number, { maxLength: 4 }) })),
});

const loss = fc.record({
  loss: word,
  spec: word,
  declared: fc.boolean(),
  value: orNull(number),
  perClass: orNull(fc.array(orNull(number), { maxLength: 30 })),
  gradient: orNull(
    fc.record({ l2: number, max: number, perClass: fc.array(number, { maxLength: 4 }), vanishing: number }),
  ),
  uniform: orNull(number),
  prior: orNull(number),
  floor: orNull(number),
  lowerBound: number,
  terms: orNull(fc.array(term, { maxLength: 4 })),
});

const classRow = fc.record({
  index: count,
  name: word,
  pixels: count,
  frequency: number,
  predicted: orNull(number),
  dice: orNull(number),
  iou: orNull(number),
  lossShare: orNull(number),
  gradientShare: orNull(number),
  weight: orNull(number),
});

const dtype = fc.constantFrom<DType[]>('float32', 'float16', 'uint8', 'bool');
const shape = fc.array(count, { maxLength: 5 });

const oneCase: fc.Arbitrary<CaseReport> = fc.record({
  id: word,
  prediction: fc.record({
    path: text,
    dtype,
    shape,
    layout: fc.constantFrom('NCHW', 'HWC', 'NCDHW', 'unknown'),
    activation: fc.oneof(word, fc.constant('logits')),
    images: count,
    classes: count,
  }),
  target: fc.record({
    path: text,
    dtype,
    shape,
    encoding: fc.oneof(word, fc.constant('ids')),
    ignore: fc.array(fc.integer(), { maxLength: 3 }),
    valid: count,
    ignored: count,
  }),
  assumptions: fc.array(
    fc.record({
      about: word,
      chosen: word,
      because: text,
      override: orNull(word),
      confidence: fc.constantFrom('sure', 'likely', 'guess'),
    }),
    { maxLength: 3 },
  ),
  losses: fc.array(loss, { maxLength: 3 }),
  classes: fc.array(classRow, { maxLength: 30 }),
  verdicts: fc.array(verdict, { maxLength: 6 }),
  reported: orNull(
    fc.record({
      values: fc.array(fc.record({ name: word, typed: text }), { maxLength: 2 }),
      matches: fc.array(
        fc.record({
          formula: word,
          spec: word,
          value: number,
          relativeError: number,
          departures: fc.array(text, { maxLength: 2 }),
        }),
        { maxLength: 7 },
      ),
      candidates: count,
      expectedChanceMatches: number,
      verdict: fc.constantFrom('declared', 'explained', 'ambiguous', 'unexplained', 'too-few-digits'),
    }),
  ),
});

/** Any report: hostile texts, non-finite numbers in every number field, findings that blame each other. */
export const anyReport: fc.Arbitrary<Report> = fc.record({
  schema: fc.constant(1 as const),
  tool: fc.record({ name: fc.constant('lossprobe' as const), version: word }),
  cases: fc.array(oneCase, { maxLength: 3 }),
  summary: fc.record({
    cases: number,
    errors: number,
    warnings: number,
    notes: number,
    worst: fc.constantFrom('error', 'warning', 'note', null),
    notChecked: number,
  }),
});
