#!/usr/bin/env node
const { main } = require('./_load.js').load('main.js');

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', ({ code }) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`lossprobe: the report cannot be written (${code})\n`);
  process.exit(3);
});

main(process).then((code) => {
  process.exitCode = code;
});
