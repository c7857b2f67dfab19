/** Owns the time that reading a rule file takes in a process that has read none before; prints it as JSON. */

import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseRules } from '../../grammar/parser/parse-rules.ts';
import { compileRules } from '../../src/compile/rules/compile-rules.ts';
import { rules } from './rules.mjs';

const services = 5000;

/** Lines a second. */
function speedOf(work: (text: string) => void): number {
  const text = rules(services);
  const start = performance.now();
  work(text);
  return (services * 10 * 1000) / (performance.now() - start);
}

/** What a process can be asked for; one each, so that neither warms up the other. */
const works: Readonly<Record<string, (text: string) => void>> = {
  parse: (text) => {
    for (const { diagnostics } of parseRules({ name: 'table.rules', text })) {
      if (diagnostics.length > 0) throw new Error('the rules have a mistake');
    }
  },
  compile: (text) => {
    const { value, diagnostics } = compileRules(parseRules({ name: 'table.rules', text }));
    if (value?.services.size !== services || diagnostics.length > 0) throw new Error('the rules have a mistake');
  },
};

const work = works[process.argv[2] ?? ''];
if (work === undefined) throw new Error('parse or compile?');
process.stdout.write(JSON.stringify(speedOf(work)));
