/** Owns where the parts of a JSON text stand, which JSON.parse() does not tell. */

/** Offsets into the text: UTF-16 code units from 0, `end` is behind the last one. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The text is no JSON (RFC 8259); the message says what should stand at the place. */
export class JsonSyntaxError extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.place = place;
  }
}

const blanks = /[ \t\n\r]*/y;
/** Everything that can stand between blanks, or the one character that can not. Of Cc, strings exclude C0 only. */
const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\u007F-\u009F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null|[^]?/uy;

/** Far deeper than any document of ours; a hostile one must not exhaust the stack. */
const deepest = 100;

/**
 * The place of every part by its path, which is empty for the whole document: `services[3].port`. A member begins with
 * its name; an object or a list ends behind its opening bracket, so that it can be shown. Throws a
 * {@link JsonSyntaxError} exactly where JSON.parse() throws.
 */
export function jsonPlaces(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let word = '';
  let place: Place = { start: 0, end: 0 };

  function advance(): void {
    blanks.lastIndex = place.end;
    blanks.exec(text);
    token.lastIndex = blanks.lastIndex;
    word = token.exec(text)?.[0] ?? '';
    place = { start: blanks.lastIndex, end: blanks.lastIndex + word.length };
  }

  function expected(what: string): JsonSyntaxError {
    return new JsonSyntaxError(`expected ${what}`, place);
  }

  function isString(): boolean {
    return word.length > 1 && word.startsWith('"');
  }

  /** Elements up to the closing bracket; `element` reads one and stands behind it. */
  function list(close: string, element: (index: number) => void): void {
    advance();
    if (word !== close) {
      element(0);
      for (let index = 1; word === ','; index++) {
        advance();
        element(index);
      }
      if (word !== close) throw expected(`"," or "${close}"`);
    }
    advance();
  }

  /** A value that stands at the present token. `start` is that of the name in front of it, if it has one. */
  function value(path: string, depth: number, start = place.start): void {
    places.set(path, { start, end: place.end });
    if (depth > deepest) throw expected('less nesting');
    if (word === '[') list(']', (index) => value(`${path}[${index}]`, depth + 1));
    else if (word === '{') {
      list('}', () => {
        if (!isString()) throw expected('a name in quotes');
        const name = JSON.parse(word) as string;
        const { start } = place;
        advance();
        if (word !== ':') throw expected('":"');
        advance();
        value(path === '' ? name : `${path}.${name}`, depth + 1, start);
      });
    } else if (isString() || /^(?:-?\d|true$|false$|null$)/.test(word)) advance();
    else throw expected('a value');
  }

  advance();
  value('', 0);
  if (place.start < text.length) throw expected('the end');
  return places;
}
