// How the benchmarks take time: whole processes, the processor's seconds, the median of runs in turn.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../bin/lossprobe.js', import.meta.url));

const timer = '/usr/bin/time';

/** Wall and processor seconds, peak memory in MB and output of a process; null where it fails. NaN where nothing measures them. */
export function timed(program, args) {
  const command = existsSync(timer) ? [timer, '-f', '%U %S %M', program, ...args] : [program, ...args];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = (performance.now() - start) / 1000;
  const [user = Number.NaN, system = 0, memory = Number.NaN] =
    command[0] === timer ? stderr.trim().split('\n').at(-1).split(' ').map(Number) : [];
  return status !== null && status <= 1 ? { wall, cpu: user + system, memory: memory / 1024, output: stdout } : null;
}

/** The figures of several processes, run in turn so that a slow moment of the machine meets all of them. */
export function inTurn(runs, ways) {
  const figures = ways.map(() => []);
  for (let run = 0; run < runs; run++) {
    ways.forEach(([program, args], way) => {
      const figure = timed(program, args);
      if (figure !== null) figures[way].push(figure);
    });
  }
  return figures.map((list) => (list.length === 0 ? null : summary(list)));
}

function summary(list) {
  const of = (key) => median(list.map((it) => it[key]));
  return { wall: of('wall'), cpu: of('cpu'), memory: of('memory'), outputs: new Set(list.map(({ output }) => output)) };
}

/** wall / CPU / peak MB as a cell of a table. */
export function cell(figure) {
  return figure === null
    ? 'failed'
    : `${figure.wall.toFixed(2)} / ${figure.cpu.toFixed(2)} / ${figure.memory.toFixed(0)}`;
}

export function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The processor's milliseconds of a piece of work in this process, the median of several runs after one to warm up. */
export function cpuTime(runs, work) {
  work();
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return median(times);
}

/** A Python that can import these packages; null where there is none. */
export function pythonWith(packages) {
  const able = (python) => spawnSync(python, ['-c', `import ${packages}`]).status === 0;
  return ['python3', '/usr/bin/python3'].find(able) ?? null;
}
