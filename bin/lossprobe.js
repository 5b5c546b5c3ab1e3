#!/usr/bin/env node
import { main } from '../dist/bundle/main.js';

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`lossprobe: the report cannot be written (${error.code})\n`);
    process.exit(3);
  }
});

process.exitCode = await main(process);
