/** Owns the proof that no text makes the config language throw, hang, or say one thing twice. */

import * as fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as reader from '../../grammar/parser/config-parser.ts';
import { hasErrors } from '../../grammar/text/diagnostic.ts';
import { keywords } from '../../grammar/vocabulary/keywords.ts';
import { formatConfig } from '../../src/compile/format/format-config.ts';
import { decode } from '../../src/cli/read-source.ts';
import { renderFrames } from '../../src/render/frame.ts';
import { compileFiles } from '../support/config-files.ts';

const golden = fileURLToPath(new URL('../golden/config', import.meta.url));
const texts = readdirSync(golden).map((name) => readFileSync(join(golden, name, 'main.ipvs'), 'utf8'));

/** Everything that may be done with a text; what it says has to make sense whatever it is. */
async function survive(text: string): Promise<void> {
  const source = { name: 'main.ipvs', text };
  const { value, diagnostics } = await compileFiles({ 'main.ipvs': text });
  // A table or a reason.
  expect(value === undefined).toBe(hasErrors(diagnostics));
  const places = diagnostics.map(({ code, span }) => `${code} ${span?.start} ${span?.end}`);
  expect(new Set(places).size).toBe(places.length);
  for (const { span } of diagnostics) {
    if (span?.source.name !== 'main.ipvs') continue;
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  renderFrames(diagnostics);
  const formatted = formatConfig(source, reader);
  if (formatted.value === undefined) return;
  // White space has no meaning: the same table comes out of the formatted text.
  const again = await compileFiles({ 'main.ipvs': formatted.value });
  expect(Array.from(again.value?.services.keys() ?? [])).toEqual(Array.from(value?.services.keys() ?? []));
}

const word = fc.oneof(
  fc.constantFrom(...keywords.map(({ word }) => word)),
  fc.constantFrom(
    'web',
    'A',
    '$A',
    '$B',
    '10.0.0.1',
    '192.0.2.1',
    '2001:db8::1',
    '10.0.0.1-9',
    '10.0.0.0/30',
    '::/0',
    '0.0.0.0/0',
  ),
  fc.constantFrom(
    '80',
    '0',
    '1-65535',
    '4294967296',
    '15m',
    '1h30m',
    'http',
    'wlc',
    'mh',
    'sh-port',
    '"text"',
    '"',
    '#',
    '=',
    ',',
    '(',
    ')',
  ),
);

const line = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));

/** Texts that look like configurations: blocks of lines, most of them closed. */
const configuration: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      line,
      fc
        .tuple(
          fc.constantFrom(
            'service web',
            'service dns',
            'pool web',
            'pool p',
            'profile p',
            'defaults',
            'site s',
            'timeouts',
            'sync master',
            'service',
          ),
          fc.array(line, { maxLength: 6 }),
          fc.constantFrom('}', '}', '}', '} }', ''),
        )
        .map(([head, lines, end]) => `${head} {\n${lines.join('\n')}\n${end}`),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('\n'));

/** A text of the golden files with a few characters taken out, put in, repeated or exchanged. */
const mutation: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.oneof(
          fc.string({ maxLength: 4, unit: 'binary' }),
          word,
          fc.constantFrom('{', '}', '\n', '"', '$', '\u0000', '\uFEFF', '\u2013'),
        ),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, [at, length, inserted]) => {
      const start = at % (edited.length + 1);
      return edited.slice(0, start) + inserted + edited.slice(start + length);
    }, text),
  );

/** The bytes of a golden file with a few of them changed, as a disk, a cable or a wrong encoding does it. */
const damaged: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }))
  .map(([text, edits]) => {
    const bytes = new TextEncoder().encode(text);
    for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
    return decode(bytes);
  });

test('bytes that were damaged', async () => {
  await fc.assert(fc.asyncProperty(damaged, survive), { seed: 4, numRuns: 400 });
});

test('texts that are none', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), survive), { seed: 1, numRuns: 300 });
});

test('texts that look like configurations', async () => {
  await fc.assert(fc.asyncProperty(configuration, survive), { seed: 2, numRuns: 400 });
});

test('configurations with slips of the pen', async () => {
  await fc.assert(fc.asyncProperty(mutation, survive), { seed: 3, numRuns: 400 });
});
