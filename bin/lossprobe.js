#!/usr/bin/env node
const { load, expectShortRun: onLoaded } = require('./_load.js');

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', ({ code }) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`lossprobe: the report cannot be written (${code})\n`);
  process.exit(3);
});

const { argv, env, stdout, stderr } = process;
load('main.js')
  .main({ argv, env, stdout, stderr, onLoaded })
  .then((code) => {
    process.exitCode = code;
  });
