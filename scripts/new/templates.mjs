// The first text of a new member and of its test, per kind of member.

export const templates = { rule, loss, formula, repair, reporter, reader };

function rule(id, name) {
  return {
    member: `
import { type Rule, rule } from '../core/index.ts';

export const ${name}: Rule = rule({
  id: '${id}',
  title: '<<what is wrong, in a few words>>',
  severity: 'warning',
  explain: {
    test: '<<what is tested, and the threshold with its reason>>',
    why: '<<what it does to the loss>>',
    fix: [{ framework: 'PyTorch', text: '<<what to change>>' }],
    exceptions: '<<when the rule is wrong>>',
  },
  examples: {
    fires: { prediction: 'ab', legend: { a: [0.9, 0.1], b: [0.1, 0.9] }, target: '01' },
    clear: { prediction: 'ab', legend: { a: [0.9, 0.1], b: [0.1, 0.9] }, target: '01' },
  },
  looksAt: ['prediction'],
  explains: [],
  needs: {},
  check(_values, subject) {
    const { zeros, size } = subject.prediction.profile;
    const limit = 0.5;
    if (!(zeros / size > limit)) return undefined;
    return {
      message: '<<what was found, in numbers; what is allowed; what to do>>',
      evidence: [{ label: 'share of zeros', value: zeros / size, limit }],
    };
  },
});
`,
    test: `
import { expect, test } from 'vitest';
import type { Circumstances, Subject } from '../../src/core/index.ts';
import { ${name} } from '../../src/rules/${id}.ts';

function check(zeros: number) {
  const subject = { prediction: { profile: { zeros, size: 10 } } } as Subject;
  return ${name}.check({}, subject, {} as Circumstances);
}

test('fires above the limit and is silent at it', () => {
  expect(check(6)).toMatchObject({ evidence: [{ value: 0.6, limit: 0.5 }] });
  expect(check(5)).toBeUndefined();
});
`,
  };
}

function loss(id, name) {
  return {
    member: `
import { type Loss, loss } from '../core/index.ts';

export const ${name}: Loss = loss({
  id: '${id}',
  title: '<<its usual name>>',
  family: 'distribution',
  formula: '<<L = ..., with z logits, p probability, g one-hot target, y label>>',
  about: '<<what it does>>',
  when: '<<when to use it, in one line>>',
  source: '<<author, title, year>>',
  options: { scale: { type: 'number', default: 1, min: 0, about: '<<what it changes>>' } },
  from: 'logits',
  kinds: ['exclusive'],
  weighted: false,
  measures: () => ({}),
  value: (_values, options) => ({ value: options.scale * 0, perClass: null, contributions: null }),
  gradient: () => [],
});
`,
    test: `
import { expect, test } from 'vitest';
import type { Subject } from '../../src/core/index.ts';
import { ${name} } from '../../src/losses/${id}.ts';

test('a value worked out by hand', () => {
  expect(${name}.value({}, { scale: 1 }, {} as Subject).value).toBeCloseTo(0, 12);
});
`,
  };
}

function formula(id, name) {
  return {
    member: `
import type { Formula } from '../core/index.ts';

export const ${name}: Formula = {
  id: '${id}',
  title: '<<what is supposed, in a few words>>',
  about: '<<how such a number comes about>>',
  formula: '2 l',
  suppose: () => [{ departures: ['<<what differs from the declared loss>>'], factor: 2 }],
};
`,
    test: `
import { expect, test } from 'vitest';
import type { FormulaContext } from '../../src/core/index.ts';
import { ${name} } from '../../src/formulas/${id}.ts';

test('the declared loss is changed in one respect', () => {
  expect(${name}.suppose({} as FormulaContext)).toMatchObject([{ factor: 2 }]);
});
`,
  };
}

function repair(id, name) {
  return {
    member: `
import type { Repair } from '../core/index.ts';

export const ${name}: Repair = {
  id: '${id}',
  what: () => '<<what was done, as in: softmax dropped>>',
  view: (_subject, evaluation) => ({ ...evaluation.wired, steps: [] }),
};
`,
    test: `
import { expect, test } from 'vitest';
import { type Evaluation, type Subject, view } from '../../src/core/index.ts';
import { ${name} } from '../../src/repairs/${id}.ts';

test('the view differs from the wired one in what the repair names', () => {
  const evaluation = { wired: view(['softmax']) } as Evaluation;
  expect(${name}.view({} as Subject, evaluation, { repair: '${id}' })).toEqual(view([]));
});
`,
  };
}

function reporter(id, name) {
  return {
    member: `
import type { Reporter } from '../core/index.ts';

export const ${name}: Reporter = {
  id: '${id}',
  about: '<<what it writes, and for whom>>',
  mime: 'text/plain',
  render: (report) => \`\${report.summary.errors} errors\\n\`,
};
`,
    test: `
import { expect, test } from 'vitest';
import type { Display, Report } from '../../src/core/index.ts';
import { ${name} } from '../../src/reporters/${id}.ts';

test('the errors are counted', () => {
  const report = { summary: { errors: 2 } } as Report;
  expect(${name}.render(report, {} as Display)).toBe('2 errors\\n');
});
`,
  };
}

function reader(id, name) {
  return {
    member: `
import { InputError, type Reader } from '../core/index.ts';

const signature = [0x3c, 0x3c];

/** <<What the format is, and what of it is read.>> */
export const ${name}: Reader = {
  id: '${id}',
  title: '<<its usual name>>',
  extensions: ['${id}'],
  sniff: (head) => signature.every((byte, index) => head[index] === byte),
  async read(source) {
    throw new InputError(\`\${source.name} is damaged: <<what was found; what is allowed; what to do>>\`);
  },
};
`,
    test: `
import { expect, test } from 'vitest';
import { ${name} } from '../../src/readers/${id}.ts';

test('the signature is recognised', () => {
  expect(${name}.sniff(Uint8Array.of(0x3c, 0x3c, 0))).toBe(true);
  expect(${name}.sniff(Uint8Array.of(0x3c))).toBe(false);
});
`,
  };
}
