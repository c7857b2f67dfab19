/** Owns the way from the words of one call of ipvsadm to its command, with ipvsadm's order of events and complaints. */

import { readWords, wordsOf } from '../../../grammar/argv.ts';
import type { OptionUse, RuleLine, WordProblem } from '../../../grammar/ast/rules.ts';
import { familyOf } from '../../../grammar/value/address.ts';
import { parseDecimal } from '../../../grammar/value/decimal.ts';
import { defaultPersistenceSeconds, timeoutSeconds } from '../../../grammar/value/limits.ts';
import { type SchedulerFlags, schedulerFlagWords } from '../../../grammar/value/scheduler-flags.ts';
import type { CommandName } from '../../../grammar/vocabulary/commands.ts';
import { type Timeouts, timeoutNames } from '../../model/timeouts.ts';
import type { ListingOrder } from '../../render/ipvsadm/order.ts';
import { type Answer, misused, refused } from './answer.ts';
import { cut } from './byte-cut.ts';
import { type ClassicCommand, commandOf } from './command.ts';
import { type Draft, effects, emptyDraft } from './draft.ts';
import { commandComplaint, listComplaint, tunnelComplaint } from './legality.ts';
import type { Lookups } from './lookups.ts';

/** A command, or the end of a call without one. */
export type Evaluation = { readonly command: ClassicCommand } | { readonly failure: Answer };

/** What an evaluation depends on beside the words. */
export interface EvaluationOptions {
  /** The program's name, for the advice to ask it for help. */
  readonly program: string;
  readonly lookups: Lookups;
  readonly posixlyCorrect: boolean;
}

/** What ipvsadm says where it does not even find a command. It ends on the spot. */
export function helpAdvice(program: string): Answer {
  const complaint = `Try \`${program} -h' or '${program} --help' for more information.`;
  return { status: 255, complaint, goesOn: false };
}

const popt = {
  'unknown-option': 'unknown option',
  'missing-value': 'missing argument',
  'unwanted-value': 'option does not take an argument',
} as const;

/** The problem that reading the words ended with. Those of popt itself do not end `-R`. */
function wordFailure({ kind, word }: WordProblem, program: string): Answer {
  if (kind === 'no-command' || kind === 'command-not-first') return helpAdvice(program);
  if (kind === 'second-command') return misused(`invalid option \`${word.text}'`);
  return refused(`${word.text}: ${popt[kind]}`);
}

async function applyOption(draft: Draft, { option, value }: OptionUse, lookups: Lookups): Promise<string | undefined> {
  const { slot } = option;
  if (slot !== undefined) {
    if (draft.given.has(slot)) return `multiple '${slot}' options specified`;
    draft.given.add(slot);
  }
  // Of the options with a value only -p may be without: then it has its default.
  return effects[option.long]?.(draft, value?.text ?? String(defaultPersistenceSeconds), lookups);
}

/** The three words of `--set`; 0 keeps what there is. */
function readTimeouts(words: readonly string[]): Timeouts | string {
  if (words.length < timeoutNames.length) return '--set option requires 3 timeout values';
  const timeouts: { -readonly [Name in keyof Timeouts]: Timeouts[Name] } = {};
  for (const [index, name] of timeoutNames.entries()) {
    const word = words[index] ?? '';
    const seconds = parseDecimal(word, timeoutSeconds);
    if (seconds === undefined) return `invalid timeout value \`${word}' specified`;
    if (seconds !== 0) timeouts[name] = seconds;
  }
  return timeouts;
}

/** Bytes of the list of `-b` that ipvsadm looks at. */
const longestFlagList = 127;

/** The bits of `-b`, which has to wait for the scheduler. A list of commas alone, which crashes ipvsadm, is empty. */
function readFlags({ flagWords, scheduler }: Draft): SchedulerFlags | string {
  let flags = 0;
  for (const word of cut(flagWords, longestFlagList).split(',')) {
    if (word === '') continue;
    const flag = schedulerFlagWords.find((known) => known.word === word);
    if (flag === undefined) return `invalid scheduler flag \`${word}'`;
    if (flag.scheduler !== undefined && flag.scheduler !== scheduler) return `incompatible scheduler flag \`${word}'`;
    flags |= flag.bit;
  }
  return flags;
}

function serviceComplaint({ mark, port, persistence, protocol, given }: Draft): string | undefined {
  if (mark !== undefined) return undefined;
  if (port === 0 && persistence === undefined) return 'Zero port specified for non-persistent service';
  const ops = given.has('ops') && protocol !== 'udp';
  return ops ? 'One-Packet Scheduling is only for UDP virtual services' : undefined;
}

function serverComplaint({ family, server, method, tunnelType, given }: Draft): string | undefined {
  if (server !== undefined && familyOf(server.address) !== family && method !== 'tunnel')
    return 'Different address family is allowed only for tunneling servers';
  return tunnelComplaint(method, tunnelType, given);
}

/** What is wrong with a command and its options together; also gives a server the port that its method takes. */
function settle(name: CommandName, draft: Draft): string | undefined {
  const illegal = commandComplaint(name, draft.given);
  if (illegal !== undefined) return illegal;
  if (name === 'add-service' || name === 'edit-service') return serviceComplaint(draft);
  if (name === 'list') return listComplaint(draft.given);
  if (name !== 'add-server' && name !== 'edit-server') return undefined;
  const { method, mark, port, server } = draft;
  if (method !== 'masquerade' && mark === undefined && server !== undefined) draft.server = { ...server, port };
  return serverComplaint(draft);
}

/** Does what the line says in ipvsadm's order; the text is its complaint. */
async function commandOfLine(
  { command: { command, value }, options, leftovers }: RuleLine,
  problem: WordProblem | undefined,
  order: ListingOrder,
  { program, lookups }: EvaluationOptions,
): Promise<ClassicCommand | Answer | string> {
  const { name } = command;
  if (name === 'help' || name === 'version') return { kind: name };
  const role = value?.text === 'backup' ? 'backup' : 'master';
  if (command.value === 'required' && value?.text !== role)
    return `illegal ${name === 'start-daemon' ? 'start-daemon parameter' : 'start_daemon'} specified`;

  const draft = emptyDraft();
  for (const option of options) {
    const complaint = await applyOption(draft, option, lookups);
    if (complaint !== undefined) return complaint;
  }
  if (problem !== undefined) return wordFailure(problem, program);

  const words = leftovers.map(({ text }) => text);
  const timeouts = name === 'set' ? readTimeouts(words.splice(0, timeoutNames.length)) : {};
  if (typeof timeouts === 'string') return timeouts;
  const [unexpected] = words;
  if (unexpected !== undefined) return `unexpected argument ${unexpected}`;
  const flags = readFlags(draft);
  if (typeof flags === 'string') return flags;
  return settle(name, draft) ?? commandOf(name, draft, { flags, timeouts, role, order });
}

/** Asks for the order of ipvsadm 1.31 itself, which has no such value: it takes `--sort` for nothing. */
const compatSort = '--sort=compat';

/** Evaluates the words behind the program's name. Without any the table is listed. */
export async function evaluate(words: readonly string[], options: EvaluationOptions): Promise<Evaluation> {
  const order = words.includes(compatSort) ? 'compat' : 'number';
  const known = words.length === 0 ? ['--list'] : words.map((word) => (word === compatSort ? '--sort' : word));
  const { line, problem } = readWords(wordsOf(known), { posixlyCorrect: options.posixlyCorrect });
  if (line === undefined) return { failure: helpAdvice(options.program) };
  const result = await commandOfLine(line, problem, order, options);
  if (typeof result === 'string') return { failure: misused(result) };
  return 'kind' in result ? { command: result } : { failure: result };
}
