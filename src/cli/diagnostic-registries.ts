/** Owns the list of all registries of diagnostics: the manual and SARIF explain every code that is in one of them. */

import type { DiagnosticDefinition } from '../../grammar/text/diagnostic.ts';
import { applyProblems } from '../apply/problems.ts';
import { guardProblems } from '../plan/analyze/guards.ts';
import { tableJsonProblems } from '../model/read-table-json.ts';

/** Every diagnostic by its code. */
export async function diagnosticDefinitions(): Promise<Readonly<Record<string, DiagnosticDefinition>>> {
  const { ruleProblems } = await import('../../grammar/parser/rules-problems.ts');
  const { ruleMeaningProblems } = await import('../compile/rules/problems.ts');
  const { configSyntaxProblems } = await import('../../grammar/parser/config-problems.ts');
  const { configProblems } = await import('../compile/config/problems.ts');
  const { drainProblems } = await import('../compile/backends/problems.ts');
  const { bootProblems } = await import('./boot-restore.ts');
  return {
    ...tableJsonProblems,
    ...ruleProblems,
    ...ruleMeaningProblems,
    ...configSyntaxProblems,
    ...configProblems,
    ...drainProblems,
    ...guardProblems,
    ...applyProblems,
    ...bootProblems,
  };
}
