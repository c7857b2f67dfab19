/** Owns what is said about a mistake: one shape for every layer, and the registry that each layer's texts live in. */

import type { Span } from './span.ts';

/**
 * `error` makes the input invalid; `warning` does not, but somebody should look; `note` says what was taken for granted
 * and stays one under `--strict`.
 */
export type Severity = 'error' | 'warning' | 'note';

/** A second place that explains the first one: "first defined here", "included from". */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** A mistake (or a doubt) about input: a value, never thrown. */
export interface Diagnostic {
  /** Stable over releases, unique over all registries: scripts and `# ipvstx: allow CODE` rely on it. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a full stop; quotes what was written. */
  readonly message: string;
  readonly span?: Span;
  /** What to write instead, or how to silence it. One sentence. */
  readonly suggestion?: string;
  readonly related?: readonly Related[];
}

/** One entry of a registry: the text at the place of the mistake and the paragraph in the manual. */
export interface DiagnosticDefinition {
  readonly severity: Severity;
  /** Builds the sentence from the parts that vary; its parameter types are checked where the problem is reported. */
  readonly message: (parts: never) => string;
  /** The manual's paragraph: why this is a mistake, and what to do. */
  readonly explanation: string;
}

type Registry = Readonly<Record<string, DiagnosticDefinition>>;
type PartsOf<Definition extends DiagnosticDefinition> = Parameters<Definition['message']>[0];

/** What may be added to a problem beside its parts. */
export type Details = Pick<Diagnostic, 'span' | 'suggestion' | 'related'>;

/** Makes a layer's `problem(code, parts, details)` out of its registry, so that no text stands where it is reported. */
export function problemsOf<Definitions extends Registry>(definitions: Definitions) {
  return function problem<Code extends keyof Definitions & string>(
    code: Code,
    parts: PartsOf<Definitions[Code]>,
    details: Details = {},
  ): Diagnostic {
    const definition: DiagnosticDefinition = definitions[code] as DiagnosticDefinition;
    return { code, severity: definition.severity, message: definition.message(parts), ...details };
  };
}

/** Whether any of them makes the input invalid. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
