/** Owns diagnostics for programs: the JSON of `check --format json`. */

import type { Diagnostic } from '../../grammar/text/diagnostic.ts';
import { locate } from '../../grammar/text/source-text.ts';
import { type Span, startOf } from '../../grammar/text/span.ts';

/** A place with both of its ends; lines and columns (code points) from 1, the end is behind the last character. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The place of a span. */
export function jsonPlace(span: Span): JsonPlace {
  const { line, column } = startOf(span);
  const end = locate(span.source, span.end);
  return { file: span.source.name, line, column, endLine: end.line, endColumn: end.column };
}

/** One diagnostic as plain data. */
export function jsonDiagnostic({ code, severity, message, span, suggestion, related }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...(span === undefined ? {} : jsonPlace(span)),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ message: place.message, ...jsonPlace(place.span) })) }),
  };
}

/** All diagnostics as one JSON document. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ format_version: 1, diagnostics: diagnostics.map(jsonDiagnostic) }, undefined, 2)}\n`;
}
