/** Owns the judge of JSON by a schema: ajv, strict about the schemas themselves. */

import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonSchema } from '../../src/model/json-codec.ts';

const [older, newest] = [
  new Ajv({ strict: false, unicodeRegExp: false }),
  new Ajv2020({ strictTypes: false, strictRequired: false }),
];
for (const ajv of [older, newest]) formats.default(ajv);

/** What of a value is not as the schema says: nothing if it matches. */
export function schemaErrors(json: unknown, schema: JsonSchema): readonly string[] {
  const isNewest = String(schema['$schema']).includes('2020-12');
  const validate = (isNewest ? newest : older).compile(schema);
  if (validate(json)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`);
}
