import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../../../grammar/parser/parse-rules.ts';
import { hasErrors } from '../../../grammar/text/diagnostic.ts';
import { operationText } from '../../../src/apply/refusal.ts';
import { compileRules } from '../../../src/compile/rules/compile-rules.ts';
import type { DestinationActivity, ServiceActivity } from '../../../src/model/activity.ts';
import type { DestinationId } from '../../../src/model/destination.ts';
import type { ServiceId } from '../../../src/model/service.ts';
import type { JsonSchema } from '../../../src/model/json-codec.ts';
import type { Table } from '../../../src/model/table.ts';
import { type Plan, type PlanOptions, planTables } from '../../../src/plan/plan.ts';
import { renderPlanBrief } from '../../../src/render/plan-brief.ts';
import { renderPlanJson } from '../../../src/render/plan-json.ts';
import { renderPlanMarkdown } from '../../../src/render/plan-markdown.ts';
import { renderPlanText } from '../../../src/render/plan-text.ts';
import { renderUnified } from '../../../src/render/plan-unified.ts';
import { plain } from '../../../src/render/paint.ts';
import { digest } from '../../support/digest.ts';
import { schemaErrors } from '../../support/json-schema.ts';

const planSchema = JSON.parse(
  readFileSync(new URL('../../../src/render/plan.schema.json', import.meta.url), 'utf8'),
) as JsonSchema;

const cases = fileURLToPath(new URL('../../golden/plan/', import.meta.url));

/** What some cases are about beside their tables. */
const options: Readonly<Record<string, Partial<PlanOptions>>> = {
  'other-programs': { owns: 'declared' },
  drained: { drain: 300 },
  'kernel-settings': {
    drain: 300,
    sysctls: new Map([
      ['expire_nodest_conn', '1'],
      ['expire_quiescent_template', '1'],
      ['conn_reuse_mode', '0'],
    ]),
  },
};

function readTable(path: string): Table {
  const { value, diagnostics } = compileRules(parseRules({ name: path, text: readFileSync(path, 'utf8') }));
  if (value === undefined || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

type ActivityFile = Readonly<Record<ServiceId, Readonly<Record<DestinationId, DestinationActivity>>>>;

function readActivity(path: string): Map<ServiceId, ServiceActivity> {
  if (!existsSync(path)) return new Map();
  const file = JSON.parse(readFileSync(path, 'utf8')) as ActivityFile;
  const services = Object.entries(file) as [ServiceId, ActivityFile[ServiceId]][];
  return new Map(
    services.map(([id, backends]) => [
      id,
      { destinations: new Map(Object.entries(backends) as [DestinationId, DestinationActivity][]) },
    ]),
  );
}

/** What runs, in its order, and what would take each step back. */
function stepsText({ steps }: Plan): string {
  const lines = steps.flatMap(({ phase, forward, undo }) => [
    `${phase.padEnd(20)}  ${operationText(forward)}`,
    ...undo.map((operation) => `${''.padEnd(20)}  undo: ${operationText(operation)}`),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

const context = { live: 'netns init', source: 'desired.rules', next: 'ipvstx apply desired.rules' };

describe.each(readdirSync(cases))('the plan of %s', (name) => {
  const file = (file: string): string => join(cases, name, file);
  const snapshot = { table: readTable(file('observed.rules')), activity: readActivity(file('activity.json')) };
  const formerly = existsSync(file('formerly.rules')) ? { formerly: readTable(file('formerly.rules')) } : {};
  const plan = planTables(snapshot, readTable(file('desired.rules')), { digest, ...formerly, ...options[name] });

  it.each([
    ['plan.txt', () => renderPlanText(plan, context)],
    ['plan.80.txt', () => renderPlanText(plan, context, { width: 80, paint: plain })],
    ['plan.brief.txt', () => renderPlanBrief(plan)],
    ['plan.md', () => renderPlanMarkdown(plan, context)],
    ['plan.json', () => renderPlanJson(plan, context)],
    ['steps.txt', () => stepsText(plan)],
  ])('reads as in %s', async (output, render) => {
    await expect(render()).toMatchFileSnapshot(file(output));
  });

  it('is JSON as the schema says', () => {
    expect(schemaErrors(JSON.parse(renderPlanJson(plan, context)), planSchema)).toEqual([]);
  });
});

describe('a unified diff', () => {
  const before = { name: 'live', text: '-A -t 192.0.2.1:80 -s rr\n-A -t 192.0.2.2:80 -s rr\n' };
  const after = { name: 'site.rules', text: '-A -t 192.0.2.1:80 -s rr\n-A -t 192.0.2.3:80 -s rr\n' };

  it('names both sides', async () => {
    expect(await renderUnified(before, after)).toBe(
      [
        '--- live',
        '+++ site.rules',
        '@@ -1,2 +1,2 @@',
        ' -A -t 192.0.2.1:80 -s rr',
        '--A -t 192.0.2.2:80 -s rr',
        '+-A -t 192.0.2.3:80 -s rr',
        '',
      ].join('\n'),
    );
  });

  it('is empty where nothing differs', async () => {
    expect(await renderUnified(before, { ...before, name: 'site.rules' })).toBe('');
  });

  it('paints what comes and what goes', async () => {
    const painted = await renderUnified(before, after, (meaning, text) => `<${meaning}>${text}`);
    expect(painted).toContain('\n<remove>--A');
    expect(painted).toContain('\n<add>+-A');
  });
});
