#!/usr/bin/env node
// `sed` is a filter that scripts start a thousand times, so it loads nothing but the language.
await import(process.argv[2] === 'sed' ? '../dist/cli/sed.mjs' : '../dist/cli/main.mjs');
