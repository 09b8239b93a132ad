import { run } from './program.js';

const code = await run(process.argv.slice(2));
// What was written goes out first; then the process ends, whatever a thread may still be at.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
process.exit(code);
