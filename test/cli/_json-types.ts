/** A scalar, `?` behind it where it may be null; a list of one type; or an object with exactly these fields, null as the last entry of a pair. */
export type Type = string | readonly [Type] | readonly [Type, null] | { readonly [field: string]: Type };

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(value as string),
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  either: (value) => typeof value === 'number' || typeof value === 'string',
};

/** Where a value is not of a type. */
export function misfits(value: unknown, type: Type, path = 'report'): string[] {
  if (typeof type === 'string') {
    if (value === null && type.endsWith('?')) return [];
    return scalars[type.replace('?', '')]?.(value) ? [] : [`${path} is ${JSON.stringify(value)}, not ${type}`];
  }
  if (isOrNull(type)) return value === null ? [] : misfits(value, type[0], path);
  if (isList(type)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, k) => misfits(item, type[0], `${path}[${k}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${path} is ${JSON.stringify(value)}, not an object`];
  const own = value as Record<string, unknown>;
  const [there, wanted] = [Object.keys(own).sort().join(' '), Object.keys(type).sort().join(' ')];
  if (there !== wanted) return [`${path} has ${there}; wanted ${wanted}`];
  return Object.entries(type).flatMap(([field, inner]) => misfits(own[field], inner, `${path}.${field}`));
}

function isOrNull(type: Type): type is readonly [Type, null] {
  return Array.isArray(type) && type.length === 2;
}

function isList(type: Type): type is readonly [Type] {
  return Array.isArray(type);
}

const assumption = { about: 'text', chosen: 'text', because: 'text', override: 'text?', confidence: 'text' };
const evidence = { label: 'text', value: 'either', unit: 'text?', limit: 'either?' };
const verdict = {
  rule: 'text',
  status: 'text',
  severity: 'text',
  role: 'text?',
  causedBy: 'text?',
  title: 'text',
  message: 'text',
  evidence: [evidence],
  why: 'text',
  fix: [{ framework: 'text', text: 'text' }],
  effect: [{ what: 'text', loss: 'text', before: 'number', after: 'number' }, null],
  reason: 'text',
} as const;
const match = {
  formula: 'text',
  spec: 'text',
  value: 'number',
  relativeError: 'number',
  departures: ['text'],
} as const;
const reported = {
  values: [{ name: 'text', typed: 'text' }],
  matches: [match],
  candidates: 'number',
  expectedChanceMatches: 'number',
  verdict: 'text',
  runnerUp: [match, null],
  compatible: [[{ formula: 'text', because: 'text' }], null],
} as const;
const array = { path: 'text', dtype: 'text', shape: ['number'] } as const;
const tool = { name: 'text', version: 'text' };

export const diagnosis: Type = {
  schema: 'number',
  tool,
  cases: [
    {
      id: 'text',
      prediction: { ...array, layout: 'text', activation: 'text', images: 'number', classes: 'number' },
      target: { ...array, encoding: 'text', ignore: ['number'], valid: 'number', ignored: 'number' },
      assumptions: [assumption],
      losses: [
        {
          loss: 'text',
          spec: 'text',
          declared: 'flag',
          value: 'number?',
          perClass: [['number?'], null],
          gradient: [{ l2: 'number', max: 'number', perClass: ['number'], vanishing: 'number' }, null],
          uniform: 'number?',
          prior: 'number?',
          floor: 'number?',
          lowerBound: 'number',
          terms: [
            [
              {
                spec: 'text',
                factor: 'number',
                value: 'number',
                gradient: [{ l2: 'number', share: 'number', cosines: ['number'] }, null],
              },
            ],
            null,
          ],
        },
      ],
      classes: [
        {
          index: 'number',
          name: 'text',
          pixels: 'number',
          frequency: 'number',
          predicted: 'number?',
          dice: 'number?',
          iou: 'number?',
          lossShare: 'number?',
          gradientShare: 'number?',
          weight: 'number?',
        },
      ],
      verdicts: [verdict],
      reported: [reported, null],
    },
  ],
  summary: {
    cases: 'number',
    errors: 'number',
    warnings: 'number',
    notes: 'number',
    worst: 'text?',
    notChecked: 'number',
  },
};

/** The report of a command that has one of its own, under its name. */
const own = (name: string, type: Type): Type => ({ schema: 'number', tool, [name]: type });
const notice = { rule: 'text', severity: 'text', title: 'text', message: 'text', evidence: [evidence] } as const;
const change = { rms: 'number', mean: 'number' };
const mode = { path: 'text', loss: 'number' };
const beforeAfter = { before: 'number?', after: 'number?' };

export const descent: Type = own('descent', {
  prediction: { ...array, layout: 'text', activation: 'text' },
  target: { ...array, ignore: ['number'] },
  assumptions: [assumption],
  moved: 'text',
  steps: 'number',
  stepLength: 'number',
  sample: { everyImage: 'number', everyPixel: ['number'], pixels: 'number', of: 'number' },
  weakest: [{ index: 'number', name: 'text', dice: 'number' }, null],
  losses: [
    {
      loss: 'text',
      spec: 'text',
      declared: 'flag',
      wiring: 'text',
      start: 'number',
      end: 'number',
      floor: 'number?',
      lowerBound: 'number',
      outcome: 'text',
      verdict: 'text',
      trace: ['number'],
      halfway: 'number?',
      rank: 'number?',
      classes: [
        {
          index: 'number',
          name: 'text',
          pixels: 'number',
          dice: beforeAfter,
          recall: beforeAfter,
          gradientShare: 'number?',
          moves: 'flag?',
        },
      ],
    },
  ],
  findings: [notice],
});
export const trend: Type = own('trend', {
  target: { ...array, ignore: ['number'] },
  checkpoints: [{ ...array, layout: 'text', activation: 'text', change: [change, null] }],
  losses: [{ loss: 'text', spec: 'text', declared: 'flag', values: ['number'], prior: 'number', floor: 'number?' }],
  classes: [
    {
      index: 'number',
      name: 'text',
      pixels: 'number',
      frequency: 'number',
      dice: ['number?'],
      predicted: ['number'],
    },
  ],
  modes: [{ train: mode, eval: mode, change }, null],
  verdicts: [verdict],
});
export const embedding: Type = own('embeddings', {
  features: { ...array, axis: 'number', dims: 'number', lengths: ['number'] },
  mask: { ...array, ignore: ['number'], valid: 'number', ignored: 'number' },
  classes: { labels: ['number'], vectors: 'text' },
  losses: [
    {
      loss: 'text',
      spec: 'text',
      declared: 'flag',
      value: 'number',
      gradient: { l2: 'number', max: 'number', head: ['number'] },
      terms: 'number',
      unit: 'text',
      violations: 'number?',
      skipped: 'number',
      sampled: 'number?',
    },
  ],
  angles: {
    unit: 'text',
    intraMean: 'number?',
    intraMax: 'number?',
    interMin: 'number?',
    astray: 'number?',
    classes: [
      {
        label: 'number',
        pixels: 'number',
        intraMean: 'number?',
        intraMax: 'number?',
        inter: 'number?',
        nearest: 'number?',
        astray: 'number?',
      },
    ],
  },
  findings: [notice],
});
export const dialects: Type = own('dialects', [
  {
    loss: 'text',
    spec: 'text',
    value: 'number',
    members: [{ dialect: 'text', name: 'text', because: 'text', wrong: 'text?' }],
  },
]);
export const catalogue: Type = own('losses', [
  { id: 'text', title: 'text', family: 'text', from: 'text', formula: 'text', when: 'text', options: ['text'] },
]);
const plateau = { from: 'number', level: 'number', uncertainty: 'number' };
export const identified: Type = own('identify', {
  curve: [
    {
      column: 'text',
      steps: 'number',
      first: 'number',
      last: 'number',
      lowest: 'number',
      course: 'text',
      notFinite: 'number?',
      plateau: [plateau, null],
      period: 'number?',
    },
    null,
  ],
  reported: [reported, null],
});
