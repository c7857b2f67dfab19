import { describe, expect, it } from 'vitest';
import type { Result, ResultKind } from '../../../src/apply/result.ts';
import { createContext } from '../../../src/cli/context.ts';
import { type ExitStatus } from '../../../src/cli/exit.ts';
import { Failure } from '../../../src/cli/failure.ts';
import type { Output } from '../../../src/cli/output.ts';
import { noOptions } from '../../../src/cli/global-options.ts';
import { reportOutcome } from '../../../src/cli/outcome.ts';
import { emptyTable } from '../../../src/model/table.ts';
import { planTables } from '../../../src/plan/plan.ts';
import { digest } from '../../support/digest.ts';
import { tableOf } from '../../support/tables.ts';

const before = tableOf({ 'tcp 192.0.2.1 port 80': { backends: { '10.0.0.1 port 80': {} } } });
const plan = planTables({ table: before, activity: new Map() }, emptyTable, { digest });
const [change] = plan.changes.map(({ change }) => change);
const residue = change === undefined ? [] : [change];
const refusals = plan.steps.map(({ forward }) => ({ operation: forward, errno: 'ENOMEM' as const }));
const undisturbed = { foreign: [], overwritten: [] };

/** One result of each kind, and how a command ends with it. */
const results: Readonly<Record<Exclude<ResultKind, 'unavailable'>, readonly [Result, ExitStatus, string]>> = {
  unchanged: [{ kind: 'unchanged', plan }, 'done', 'nothing to do'],
  planned: [{ kind: 'planned', plan }, 'done', 'dry run'],
  declined: [{ kind: 'declined', plan }, 'error', 'not applied'],
  applied: [{ kind: 'applied', plan }, 'done', 'applied and verified: 0 added, 0 changed, 2 removed'],
  failed: [{ kind: 'failed', failure: { kind: 'lost', message: 'no answer' } }, 'error', 'nothing was changed'],
  invalid: [{ kind: 'invalid', plan, differences: [], refusals }, 'invalid', 'ENOMEM'],
  stale: [{ kind: 'stale', plan, differences: residue }, 'stale', 'after the plan was made'],
  guarded: [{ kind: 'guarded', plan, problems: [] }, 'refused', 'refused by a guard'],
  'rolled-back': [
    { kind: 'rolled-back', plan, cause: { kind: 'refused', refusals }, ...undisturbed },
    'rolled-back',
    'rolled back',
  ],
  unconfirmed: [
    { kind: 'unconfirmed', plan, cause: { kind: 'unconfirmed' }, ...undisturbed },
    'unconfirmed',
    'not confirmed',
  ],
  stranded: [
    { kind: 'stranded', plan, cause: { kind: 'refused', refusals }, refusals, residue, ...undisturbed },
    'residue',
    'service tcp 192.0.2.1 port 80 could not be put back',
  ],
};

/** Reports a result to streams of which standard output may be broken. */
async function report(result: Result, { json = false, broken = false } = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): Output => ({
    write(text, done) {
      if (broken && name === 'stdout') return done(new Error('broken'));
      written[name] += text.toString();
      return done();
    },
  });
  const host = { stdin: process.stdin, stdout: stream('stdout'), stderr: stream('stderr'), env: {}, directory: '/' };
  const status = await reportOutcome(result, createContext(host, { ...noOptions, json }));
  return { status, ...written };
}

describe('reportOutcome', () => {
  it.each(Object.entries(results))('%s', async (kind, [result, status, sentence]) => {
    const answer = await report(result);
    expect(answer).toMatchObject({ status, stdout: '' });
    expect(answer.stderr).toContain(sentence);
    const { stdout } = await report(result, { json: true });
    expect(JSON.parse(stdout)).toMatchObject({ format_version: 1, result: kind });
  });

  it('keeps the true status of a run that has written, even if nobody can read the report', async () => {
    const broken = { json: true, broken: true };
    expect(await report(results.applied[0], broken)).toMatchObject({ status: 'done' });
    expect(await report(results.stranded[0], broken)).toMatchObject({ status: 'residue' });
    await expect(report(results.unchanged[0], broken)).rejects.toThrow(Failure);
  });

  it('ends a run without IPVS as every other command does', async () => {
    const denied: Result = { kind: 'unavailable', failure: { kind: 'denied', message: 'no CAP_NET_ADMIN' } };
    await expect(report(denied)).rejects.toMatchObject({ status: 'unavailable', message: 'no CAP_NET_ADMIN' });
  });
});
