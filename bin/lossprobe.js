#!/usr/bin/env node
import { main } from '../dist/bundle/main.js';

// From Node 22.1 on, compiled code is kept for the next run; main loads all but the parsing of arguments.
process.getBuiltinModule('module').enableCompileCache?.();

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', ({ code }) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`lossprobe: the report cannot be written (${code})\n`);
  process.exit(3);
});

process.exitCode = await main(process);
