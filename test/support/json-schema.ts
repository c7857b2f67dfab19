/** Owns a judge of JSON by a schema, for as much of JSON Schema as the program's own schemas use; another word throws. */

import { isIPv4, isIPv6 } from 'node:net';
import type { JsonSchema } from '../../src/model/json-codec.ts';

const types: Readonly<Record<string, (json: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (json) => typeof json === 'string',
  boolean: (json) => typeof json === 'boolean',
  integer: Number.isInteger,
};

const formats: Readonly<Record<string, (text: string) => boolean>> = { ipv4: isIPv4, ipv6: isIPv6 };

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

type Word = (value: never, json: unknown, schema: JsonSchema) => boolean;

/** A word says nothing about what is of another type than it is about. */
const words: Readonly<Record<string, Word>> = {
  $schema: () => true,
  title: () => true,
  default: () => true,
  type: (type: string, json) => types[type]?.(json) === true,
  const: (value: unknown, json) => json === value,
  enum: (values: readonly unknown[], json) => values.includes(json),
  minimum: (least: number, json) => typeof json !== 'number' || json >= least,
  maximum: (most: number, json) => typeof json !== 'number' || json <= most,
  maxLength: (most: number, json) => typeof json !== 'string' || json.length <= most,
  pattern: (pattern: string, json) => typeof json !== 'string' || new RegExp(pattern, 'u').test(json),
  format: (name: string, json) => typeof json !== 'string' || formats[name]?.(json) === true,
  items: (schema: JsonSchema, json) => !Array.isArray(json) || json.every((item) => matchesSchema(item, schema)),
  anyOf: (schemas: readonly JsonSchema[], json) => schemas.some((schema) => matchesSchema(json, schema)),
  oneOf: (schemas: readonly JsonSchema[], json) => schemas.filter((schema) => matchesSchema(json, schema)).length === 1,
  required: (names: readonly string[], json) => !isObject(json) || names.every((name) => Object.hasOwn(json, name)),
  properties: (schemas: Readonly<Record<string, JsonSchema>>, json) =>
    !isObject(json) ||
    Object.entries(schemas).every(([name, schema]) => !Object.hasOwn(json, name) || matchesSchema(json[name], schema)),
  additionalProperties: (_allowed: false, json, { properties = {} }) =>
    !isObject(json) || Object.keys(json).every((name) => Object.hasOwn(properties as object, name)),
};

/** Whether a value is what the schema says. */
export function matchesSchema(json: unknown, schema: JsonSchema): boolean {
  return Object.entries(schema).every(([word, value]) => {
    const judge = words[word];
    if (judge === undefined) throw new Error(`the word "${word}" of JSON Schema is not known here`);
    return judge(value as never, json, schema);
  });
}
