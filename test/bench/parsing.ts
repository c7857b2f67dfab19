/** Owns the time that reading a rule file takes in a process that has read none before; prints it as JSON. */

import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { rules } from './rules.mjs';

const services = 5000;

const text = rules(services);
const start = performance.now();
for (const { diagnostics } of parseRules({ name: 'table.rules', text })) {
  if (diagnostics.length > 0) throw new Error('the rules have a mistake');
}
/** Lines a second. */
const speed = (services * 10 * 1000) / (performance.now() - start);
process.stdout.write(JSON.stringify(speed));
