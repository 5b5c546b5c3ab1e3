#!/usr/bin/env node
const { main } = require('./_load.js').load('main.js');

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', ({ code }) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`lossprobe: the report cannot be written (${code})\n`);
  process.exit(3);
});

/**
 * V8 optimises functions as if they ran for minutes; most of that comes too late for a run of a second, and is a tenth of its
 * processor time. Only now, because code that was compiled beforehand has to find the flags that it was compiled with.
 */
function onLoaded() {
  if (process.versions.node.startsWith('20.')) require('node:v8').setFlagsFromString('--interrupt-budget=300000');
}

const { argv, env, stdout, stderr } = process;
main({ argv, env, stdout, stderr, onLoaded }).then((code) => {
  process.exitCode = code;
});
