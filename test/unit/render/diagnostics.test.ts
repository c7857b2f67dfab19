import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import type { JsonSchema } from '../../../src/model/json-codec.ts';
import { renderDiagnosticsGithub } from '../../../src/render/diagnostics-github.ts';
import { renderDiagnosticsJson } from '../../../src/render/diagnostics-json.ts';
import { renderDiagnosticsSarif } from '../../../src/render/diagnostics-sarif.ts';
import { schemaErrors } from '../../support/json-schema.ts';

const source = { name: 'dir one/a,b.rules', text: 'first\n-A 🚀 lww\n' };
const diagnostic: Diagnostic = {
  code: 'unknown-scheduler',
  severity: 'warning',
  message: 'no scheduler "lww"\n100%',
  suggestion: 'did you mean "wlc"?',
  span: { source, start: 12, end: 15 },
  related: [{ message: 'begun here', span: { source, start: 0, end: 5 } }],
};
const bare: Diagnostic = { code: 'no-place', severity: 'error', message: 'nowhere' };

describe('renderDiagnosticsJson', () => {
  it('gives both ends of a place, counted in characters', () => {
    expect(JSON.parse(renderDiagnosticsJson([diagnostic, bare]))).toEqual({
      format_version: 1,
      diagnostics: [
        {
          code: 'unknown-scheduler',
          severity: 'warning',
          message: 'no scheduler "lww"\n100%',
          file: 'dir one/a,b.rules',
          line: 2,
          column: 6,
          endLine: 2,
          endColumn: 9,
          suggestion: 'did you mean "wlc"?',
          related: [{ message: 'begun here', file: 'dir one/a,b.rules', line: 1, column: 1, endLine: 1, endColumn: 6 }],
        },
        { code: 'no-place', severity: 'error', message: 'nowhere' },
      ],
    });
  });
});

describe('renderDiagnosticsGithub', () => {
  it('writes one escaped command a diagnostic', () => {
    expect(renderDiagnosticsGithub([diagnostic, bare])).toBe(
      '::warning file=dir one/a%2Cb.rules,line=2,endLine=2,col=6,endColumn=8,title=unknown-scheduler' +
        '::no scheduler "lww"%0A100%25%0Ahelp: did you mean "wlc"?\n' +
        '::error title=no-place::nowhere\n',
    );
  });
});

/** As OASIS published it. */
const sarifSchema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('schemastore/schemas/json/sarif-2.1.0.json'), 'utf8'),
) as JsonSchema;

describe('renderDiagnosticsSarif', () => {
  it('writes what the schema of SARIF 2.1.0 allows', () => {
    const written = renderDiagnosticsSarif([diagnostic, bare], {
      version: '1.2.3',
      definitions: { 'unknown-scheduler': { severity: 'warning', message: () => '', explanation: 'Because.' } },
    });
    expect(schemaErrors(JSON.parse(written), sarifSchema)).toEqual([]);
    expect(schemaErrors(JSON.parse(written.replace('"ruleId"', '"rule"')), sarifSchema)).not.toEqual([]);
    expect(
      schemaErrors(JSON.parse(renderDiagnosticsSarif([], { version: '1', definitions: {} })), sarifSchema),
    ).toEqual([]);
  });

  it('describes the rules that occur and points at the places', () => {
    const log = JSON.parse(
      renderDiagnosticsSarif([diagnostic, bare], {
        version: '1.2.3',
        definitions: {
          'unknown-scheduler': { severity: 'warning', message: () => '', explanation: 'Only the kernel knows.' },
        },
      }),
    );
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run.tool.driver).toEqual({
      name: 'ipvstx',
      version: '1.2.3',
      rules: [{ id: 'no-place' }, { id: 'unknown-scheduler', fullDescription: { text: 'Only the kernel knows.' } }],
    });
    expect(run.results[0]).toMatchObject({
      ruleId: 'unknown-scheduler',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'dir%20one/a%2Cb.rules' },
            region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 },
          },
        },
      ],
    });
    expect(run.results[1]).toEqual({ ruleId: 'no-place', level: 'error', message: { text: 'nowhere' } });
  });
});
