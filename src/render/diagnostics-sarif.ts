/** Owns diagnostics as SARIF 2.1.0 (OASIS), which code scanning services take. */

import type { Diagnostic, DiagnosticDefinition } from '../../grammar/text/diagnostic.ts';
import type { Span } from '../../grammar/text/span.ts';
import { jsonPlace } from './diagnostics-json.ts';

/** The program that speaks, and the registries its codes come from. */
export interface SarifTool {
  readonly version: string;
  readonly definitions: Readonly<Record<string, DiagnosticDefinition>>;
}

function location(span: Span, message?: string): object {
  const { file, line, column, endLine, endColumn } = jsonPlace(span);
  return {
    physicalLocation: {
      // A relative URI reference: what RFC 3986 reserves (and blanks) must be encoded, slashes must not.
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    ...(message === undefined ? {} : { message: { text: message } }),
  };
}

function result({ code, severity, message, span, suggestion, related = [] }: Diagnostic): object {
  return {
    ruleId: code,
    level: severity,
    message: { text: suggestion === undefined ? message : `${message}\n${suggestion}` },
    ...(span === undefined ? {} : { locations: [location(span)] }),
    ...(related.length === 0 ? {} : { relatedLocations: related.map((place) => location(place.span, place.message)) }),
  };
}

/** One log with one run; a rule is described for every code that occurs. */
export function renderDiagnosticsSarif(diagnostics: readonly Diagnostic[], tool: SarifTool): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const rules = codes.map((id) => {
    const explanation = tool.definitions[id]?.explanation;
    return explanation === undefined ? { id } : { id, fullDescription: { text: explanation } };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ipvstx', version: tool.version, rules } },
        columnKind: 'unicodeCodePoints',
        results: diagnostics.map(result),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
