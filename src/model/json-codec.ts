/** Owns codecs: one description of a JSON form from which it is written, read, and described to other programs. */

import { nearest } from '../../grammar/text/nearest.ts';
import { type Range, within } from '../../grammar/value/limits.ts';

/** A document has another form. The message names the place, such as `services[3].port`. */
export class JsonMismatch extends Error {
  /** The place; empty for the whole document. */
  readonly path: string;

  constructor(path: string, what: string) {
    super(`${path === '' ? 'the document' : path} ${what}`);
    this.name = 'JsonMismatch';
    this.path = path;
  }
}

/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a `T` is written and read. `decode` throws a {@link JsonMismatch}; `schema` tells others what it takes. */
export interface Codec<T> {
  readonly encode: (value: T) => unknown;
  readonly decode: (json: unknown, path: string) => T;
  readonly schema: JsonSchema;
}

/** What an object may consist of. */
interface Shape {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/** A JSON object that is being read; it remembers which of its names were asked for. */
interface Reading {
  readonly path: string;
  readonly values: ReadonlyMap<string, unknown>;
  readonly asked: Set<string>;
}

/** A JSON object that is being written. Each property goes straight into it: there may be a million such objects. */
type Writing = Record<string, unknown>;

/** How the properties of a `T` are written into a JSON object, and read out of it. */
export interface Properties<T> {
  readonly write: (value: T, into: Writing) => void;
  readonly read: (reading: Reading) => T;
  /** Several where a `T` has several forms. */
  readonly shapes: readonly Shape[];
}

/** A value that `parse` recognises. */
export function scalar<T>(parse: (json: unknown) => T | undefined, expected: string, schema: JsonSchema): Codec<T> {
  return {
    schema,
    encode: (value) => value,
    decode: (json, path) => {
      const value = parse(json);
      if (value === undefined) throw new JsonMismatch(path, `is ${JSON.stringify(json)}, not ${expected}`);
      return value;
    },
  };
}

/** An integer in a range. */
export function number(range: Range): Codec<number> {
  const parse = (json: unknown) => (typeof json === 'number' && within(json, range) ? json : undefined);
  return scalar(parse, `a number from ${range.from} to ${range.to}`, {
    type: 'integer',
    minimum: range.from,
    maximum: range.to,
  });
}

/** A text that `parse` takes. */
export function text<T extends string>(
  parse: (text: string) => T | undefined,
  expected: string,
  schema: JsonSchema,
): Codec<T> {
  const parseJson = (json: unknown) => (typeof json === 'string' ? parse(json) : undefined);
  return scalar(parseJson, expected, { type: 'string', ...schema });
}

/** One of a few words. */
export function word<const T extends string>(...words: readonly T[]): Codec<T> {
  return text((given) => words.find((one) => one === given), `one of ${words.join(', ')}`, { enum: words });
}

/** True or false. */
export const flag: Codec<boolean> = scalar((json) => (typeof json === 'boolean' ? json : undefined), 'true or false', {
  type: 'boolean',
});

/** What `codec` reads, if it makes sense as a whole: `objection` says why it does not. */
export function sensible<T>(codec: Codec<T>, objection: (value: T) => string | undefined): Codec<T> {
  return {
    ...codec,
    decode: (json, path) => {
      const value = codec.decode(json, path);
      const what = objection(value);
      if (what !== undefined) throw new JsonMismatch(path, what);
      return value;
    },
  };
}

/** The values of a map as a list; each names its key, and none may come twice. */
export function entries<Id extends string, T>(codec: Codec<T>, id: (value: T) => Id): Codec<ReadonlyMap<Id, T>> {
  return {
    schema: { type: 'array', items: codec.schema },
    encode: (map) => Array.from(map.values(), codec.encode),
    decode: (json, path) => {
      if (!Array.isArray(json)) throw new JsonMismatch(path, 'is no list');
      const map = new Map<Id, T>();
      for (const [index, entry] of json.entries()) {
        const value = codec.decode(entry, `${path}[${index}]`);
        if (map.has(id(value))) throw new JsonMismatch(`${path}[${index}]`, `is a second "${id(value)}"`);
        map.set(id(value), value);
      }
      return map;
    },
  };
}

/** A JSON object with these properties and no others: a misspelt name must not pass for an absent one. */
export function object<T>(properties: Properties<T>): Codec<T> {
  const shapes = properties.shapes.map((shape) => ({ type: 'object', additionalProperties: false, ...shape }));
  return {
    schema: shapes.length === 1 && shapes[0] !== undefined ? shapes[0] : { oneOf: shapes },
    encode: (value) => {
      const json: Writing = {};
      properties.write(value, json);
      return json;
    },
    decode: (json, path) => {
      if (typeof json !== 'object' || json === null || Array.isArray(json))
        throw new JsonMismatch(path, 'is no object');
      const reading: Reading = { path, values: new Map(Object.entries(json)), asked: new Set() };
      const value = properties.read(reading);
      const unknown = [...reading.values.keys()].find((name) => !reading.asked.has(name));
      if (unknown === undefined) return value;
      const near = nearest(unknown, reading.asked);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      throw new JsonMismatch(placeOf(reading, unknown), `is not known${hint}`);
    },
  };
}

function placeOf({ path }: Reading, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A property `name`. Where it is absent, `absent` gives the value, or throws. */
function property<T>(
  name: string,
  codec: Pick<Codec<T>, 'encode' | 'decode'>,
  shape: Shape,
  absent: (path: string) => T,
): Properties<T> {
  return {
    shapes: [shape],
    write: (value, into) => {
      if (value !== undefined) into[name] = codec.encode(value);
    },
    read: (reading) => {
      reading.asked.add(name);
      const place = placeOf(reading, name);
      return reading.values.has(name) ? codec.decode(reading.values.get(name), place) : absent(place);
    },
  };
}

/** A property that must be there. */
export function required<T>(name: string, codec: Codec<T>): Properties<T> {
  return property(name, codec, { properties: { [name]: codec.schema }, required: [name] }, (path) => {
    throw new JsonMismatch(path, 'is missing');
  });
}

/** A property that is always written, and need not be there when it is read. */
export function defaulted<T>(name: string, codec: Codec<T>, value: T): Properties<T> {
  const schema = { ...codec.schema, default: codec.encode(value) };
  return property(name, codec, { properties: { [name]: schema }, required: [] }, () => value);
}

/** A property that is absent where the value is. */
export function optional<T>(name: string, codec: Codec<T>): Properties<T | undefined> {
  return property<T | undefined>(
    name,
    { encode: (value) => (value === undefined ? undefined : codec.encode(value)), decode: codec.decode },
    { properties: { [name]: codec.schema }, required: [] },
    () => undefined,
  );
}

const noProperties: Shape = { properties: {}, required: [] };

/** What the JSON need not say, as everything else does. */
export function implied<T>(value: T): Properties<T> {
  return { shapes: [noProperties], write: () => undefined, read: () => value };
}

/** Every property of `T` with the JSON properties that hold it. */
type Fields<T> = { readonly [Key in keyof T]-?: Properties<T[Key]> };

/** Both in one object. */
function together(left: Shape, right: Shape): Shape {
  return {
    properties: { ...left.properties, ...right.properties },
    required: [...left.required, ...right.required],
  };
}

/** All the properties of a `T`; a field's own properties may be several, and then stand beside the others. */
export function record<T extends object>(fields: Fields<T>): Properties<T> {
  const list = Object.entries(fields) as [keyof T & string, Properties<unknown>][];
  let shapes = [noProperties];
  for (const [, field] of list) {
    shapes = shapes.flatMap((shape) => field.shapes.map((further) => together(shape, further)));
  }
  return {
    shapes,
    write: (value, into) => {
      for (const [key, field] of list) field.write(value[key], into);
    },
    read: (reading) => {
      const value: Record<string, unknown> = {};
      for (const [key, field] of list) {
        const part = field.read(reading);
        if (part !== undefined) value[key] = part;
      }
      return value as T;
    },
  };
}

/** The properties of one form of a union. */
interface Form {
  readonly shapes: readonly Shape[];
  readonly write: (value: never, into: Writing) => void;
  readonly read: (reading: Reading) => unknown;
}

/** One of several forms of a `T`: `ofValue` names the one of a value, `ofJson` the one of an object's properties. */
export function oneOf<T, const Name extends string>(
  forms: Readonly<Record<Name, Form>>,
  ofValue: (value: T) => Name,
  ofJson: (get: (property: string) => unknown) => Name,
): Properties<T> {
  return {
    shapes: Object.values<Form>(forms).flatMap((form) => form.shapes),
    write: (value, into) => forms[ofValue(value)].write(value as never, into),
    read: (reading) => forms[ofJson((property) => reading.values.get(property))].read(reading) as T,
  };
}
