/** Owns what was probably meant where a config file is not written as the grammar wants it. */

import { type IToken, tokenLabel } from 'chevrotain';
import { nearest } from '../text/nearest.ts';
import { parseAddress } from '../value/address.ts';
import { splitEndpoint } from '../value/endpoint.ts';
import { type Keyword, type Place, keywords } from '../vocabulary/keywords.ts';
import { keywordTokens, tokens } from './config-lexer.ts';

/** A suggestion, to be spread into the details of a diagnostic. */
export interface Advice {
  readonly suggestion?: string;
}

const nothing: Advice = {};

/** Words that other programs use for a keyword of ours. */
const otherWords: Readonly<Record<string, Keyword>> = {
  algorithm: 'scheduler',
  fwmark: 'mark',
  gateway: 'dr',
  ipip: 'tunnel',
  masquerade: 'masq',
  nat: 'masq',
  netmask: 'mask',
  ops: 'one-packet',
  persistence: 'persist',
  route: 'dr',
  server: 'backend',
  upstream: 'pool',
  virtual: 'service',
};

/** What look-alikes were meant to be. */
const lookAlikes: readonly { readonly characters: RegExp; readonly instead: string }[] = [
  { characters: /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/, instead: 'write a plain -' },
  { characters: /[\u2018-\u201F\u00AB\u00BB\u2032\u2033]/, instead: 'write a plain double quote' },
  { characters: /\s|[\u200B-\u200D\u2060\uFEFF]/, instead: 'write a plain blank' },
  { characters: /\$/, instead: 'a variable is written $NAME' },
];

/** Advice on a character that no token begins with. */
export function adviceOnStray(character: string): Advice {
  const instead = lookAlikes.find(({ characters }) => characters.test(character))?.instead;
  return instead === undefined ? nothing : { suggestion: instead };
}

const isWord = ({ tokenType, tokenTypeIdx }: IToken): boolean =>
  tokens.Word.categoryMatchesMap?.[tokenTypeIdx] === true || tokenType === keywordTokens.resolve;

/** What the grammar calls an address where it wants one. */
export const addressLabel = 'an address';

/** The nearest of `known`, or the one that another program calls so. */
export function adviceOnWord(found: IToken, known: readonly string[]): Advice {
  if (found.image.startsWith('//')) return { suggestion: 'a comment begins with #' };
  if (found.tokenType === tokens.Comma)
    return { suggestion: 'where several values may stand, they stand in braces: { 80, 443 }' };
  const other = otherWords[found.image];
  const near =
    other !== undefined && known.includes(other) ? other : isWord(found) ? nearest(found.image, known) : undefined;
  return near === undefined || near === found.image ? nothing : { suggestion: `did you mean ${near}?` };
}

/** The same; or the places where this keyword is at home; or what may stand here. */
export function adviceOnPlace(
  found: IToken,
  known: readonly string[],
  listed: readonly string[],
  labels: Readonly<Record<Place, string>>,
): Advice {
  const near = adviceOnWord(found, known);
  if (near.suggestion !== undefined || !isWord(found)) return near;
  const home = keywords.find(({ word }) => word === found.image)?.places.filter((place) => place !== 'inside') ?? [];
  if (home.length > 0) return { suggestion: `it belongs in ${home.map((place) => labels[place]).join(' or ')}` };
  return listed.length === 0 ? nothing : { suggestion: `what may stand here: ${listed.join(', ')}` };
}

/** `10.0.0.1:80` as it is written here. */
function splitAdvice(text: string): Advice {
  const { host, port } = splitEndpoint(text) ?? {};
  if (host === undefined || !('address' in host) || port === undefined) return nothing;
  return { suggestion: `write ${host.address} port ${'number' in port ? port.number : port.name}` };
}

/** Advice on what stands in place of a name. */
function nameAdvice({ tokenType, image }: IToken): Advice {
  if (tokenType === tokens.Variable) return { suggestion: 'a name is written without $ here' };
  const bare = image.replaceAll(/[^A-Za-z0-9_.-]/g, '');
  return tokenType === tokens.Literal && /^[A-Za-z_]/.test(bare) ? { suggestion: `write ${bare}` } : nothing;
}

/** Advice on what stands in the place of one certain thing. */
function placeAdvice(found: IToken, previous: IToken, expected: string): Advice {
  const { image } = found;
  if (expected === tokenLabel(tokens.Name)) return nameAdvice(found);
  if (expected === tokenLabel(keywordTokens.port)) return splitAdvice(previous.image);
  if (expected !== addressLabel) return nothing;
  const bare = found.tokenType === tokens.Text ? image.slice(1, -1) : image;
  if (bare !== image && parseAddress(bare) !== undefined) return { suggestion: `write ${bare} without quotes` };
  // One in front of it was taken for the name of the member.
  const host = [bare, previous.image].find((word) => /^[\w-]+(?:\.[\w-]+)+$/.test(word));
  return host === undefined ? nothing : { suggestion: `write resolve("${host}") for a host name` };
}

/** Advice on a token that is not the one that was `expected`, which is a list of labels. */
export function adviceOnToken(found: IToken, previous: IToken, expected: string, known: readonly string[]): Advice {
  const isText = expected === tokenLabel(tokens.Text) && isWord(found);
  if (isText) return { suggestion: `write it in double quotes: "${found.image}"` };
  // Whoever opens a block behind it lists addresses, as other languages have it.
  if (previous.image === 'backends' && found.image === '{')
    return { suggestion: 'name a pool, or write a "backend ADDRESS" line for each' };
  if (found.tokenType === tokens.Equals) return { suggestion: 'leave it out' };
  const advice = placeAdvice(found, previous, expected);
  return advice.suggestion === undefined ? adviceOnWord(found, known) : advice;
}
