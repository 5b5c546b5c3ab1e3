#!/usr/bin/env node
import process from 'node:process';
import { main } from '../dist/cli/main.js';

// A reader that stops early, as in `lossprobe ... | head`, is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process);
