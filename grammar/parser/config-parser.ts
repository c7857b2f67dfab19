/** Owns the grammar of the config language: the productions of statements, and the one function that reads a text. */

import type {
  Backend,
  Backends,
  Comment,
  Defaults,
  Define,
  Describe,
  Include,
  Listener,
  MarkListener,
  Own,
  ParsedConfig,
  Pool,
  Profile,
  ServiceItem,
  ServiceStatement,
  Site,
  Statement,
  Sync,
  SyncItem,
  TimeoutItem,
  TimeoutsStatement,
  Use,
  Value,
  Version,
} from '../ast/config.ts';
import { PlainConfig } from '../plain-config.ts';
import type { SourceText } from '../text/source-text.ts';
import { keywordTokens as keyword, lexConfig, tokens } from './config-lexer.ts';
import { type Piece, pieceFrom } from './config-pieces.ts';
import { SettingParser } from './config-settings.ts';

/** Characters of a piece, at least: to begin with one costs as much as some lines of it. */
const shortestPiece = 4096;

/** What was read of a file so far. */
interface Tree {
  readonly statements: Statement[];
  readonly comments: Comment[];
}

/** The parser. Its rules are fields, in the order in which they build on each other. */
export class ConfigParser extends SettingParser {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options);
    this.performSelfAnalysis();
  }

  /* Inside of services */

  /** `describe = "describe" TEXT` */
  private readonly describe = this.RULE('describe', (): Describe => {
    const first = this.CONSUME(keyword.describe);
    return { kind: 'describe', text: this.textOf(this.CONSUME(tokens.Text)), span: this.span(first) };
  });

  /** `use = "use" NAME` */
  private readonly use = this.RULE('use', (): Use => {
    const first = this.CONSUME(keyword.use);
    return { kind: 'use', profile: this.nameOf(this.CONSUME(tokens.Name)), span: this.span(first) };
  });

  /** `listener = ( "tcp" | "udp" | "sctp" ) value "port" value` */
  private readonly listener = this.RULE('listener', (): Listener => {
    const first = this.LA(1);
    const protocol = this.oneOf('tcp', 'udp', 'sctp');
    const addresses = this.SUBRULE(this.value);
    this.CONSUME(keyword.port);
    const ports = this.SUBRULE2(this.value);
    return { kind: 'listener', protocol, addresses, ports, span: this.span(first) };
  });

  /** `mark = "mark" value [ value ]` */
  private readonly mark = this.RULE('mark', (): MarkListener => {
    const first = this.CONSUME(keyword.mark);
    const marks = this.SUBRULE(this.value);
    const families = this.OPTION(() => this.SUBRULE2(this.value));
    return { kind: 'mark', marks, ...(families && { families }), span: this.span(first) };
  });

  /** `backends = "backends" NAME { backendOption }` */
  private readonly backends = this.RULE('backends', (): Backends => {
    const first = this.CONSUME(keyword.backends);
    const pool = this.nameOf(this.CONSUME(tokens.Name));
    const options = this.backendOptions();
    return { kind: 'backends', pool, options, span: this.span(first) };
  });

  /** `backend = "backend" member` */
  private readonly backend = this.RULE('backend', (): Backend => {
    const first = this.CONSUME(keyword.backend);
    return { kind: 'backend', member: this.SUBRULE(this.member), span: this.span(first) };
  });

  /** `serviceItem = listener | backends | backend | setting | use | describe | mark` */
  private readonly serviceItem = this.choice<ServiceItem>('serviceItem', [
    () => this.SUBRULE(this.listener),
    () => this.SUBRULE(this.backends),
    () => this.SUBRULE(this.backend),
    () => this.SUBRULE(this.setting),
    () => this.SUBRULE(this.use),
    () => this.SUBRULE(this.describe),
    () => this.SUBRULE(this.mark),
  ]);

  /* Lines of the other blocks */

  /** `define = "define" NAME "=" value` */
  private readonly define = this.RULE('define', (): Define => {
    const first = this.CONSUME(keyword.define);
    const name = this.nameOf(this.CONSUME(tokens.Name));
    this.CONSUME(tokens.Equals);
    return { kind: 'define', name, value: this.SUBRULE(this.value), span: this.span(first) };
  });

  /** `timeoutItem = ( "tcp" | "tcp-fin" | "udp" ) value` */
  private readonly timeoutItem = this.RULE('timeoutItem', (): TimeoutItem => {
    const first = this.LA(1);
    const name = this.oneOf('tcp', 'tcp-fin', 'udp');
    return { kind: 'timeout', name, time: this.SUBRULE(this.value), span: this.span(first) };
  });

  /** `syncItem = ( "interface" | "id" | "group" | "port" | "ttl" | "max-length" ) value` */
  private readonly syncItem = this.RULE('syncItem', (): SyncItem => {
    const first = this.LA(1);
    const name = this.oneOf('interface', 'id', 'group', 'port', 'ttl', 'max-length');
    return { kind: 'sync-item', name, value: this.SUBRULE(this.value), span: this.span(first) };
  });

  private readonly defines = this.block('defines', 'site', this.define);
  private readonly timeoutItems = this.block('timeoutItems', 'timeouts', this.timeoutItem);
  private readonly syncItems = this.block('syncItems', 'sync', this.syncItem);
  private readonly settings = this.block('settings', 'settings', this.setting);
  private readonly members = this.block('members', 'pool', this.member);
  private readonly serviceItems = this.block('serviceItems', 'service', this.serviceItem);

  /* Statements of a file */

  /** `version = "ipvs" value` */
  private readonly version = this.RULE('version', (): Version => {
    const first = this.CONSUME(keyword.ipvs);
    return { kind: 'version', version: this.SUBRULE(this.value), span: this.span(first) };
  });

  /** `include = ( "include" | "include?" ) TEXT` */
  private readonly include = this.RULE('include', (): Include => {
    const first = this.LA(1);
    const optional = this.oneOf('include', 'include?') === 'include?';
    return { kind: 'include', optional, path: this.textOf(this.CONSUME(tokens.Text)), span: this.span(first) };
  });

  /** `site = "site" NAME defines` */
  private readonly site = this.RULE('site', (): Site => {
    const first = this.CONSUME(keyword.site);
    const name = this.nameOf(this.CONSUME(tokens.Name));
    return { kind: 'site', name, block: this.SUBRULE(this.defines), span: this.span(first) };
  });

  /** `own = "own" ( "all" | "declared" )` */
  private readonly own = this.RULE('own', (): Own => {
    const first = this.CONSUME(keyword.own);
    return { kind: 'own', what: this.oneOf('all', 'declared'), span: this.span(first) };
  });

  /** `timeouts = "timeouts" timeoutItems` */
  private readonly timeouts = this.RULE('timeouts', (): TimeoutsStatement => {
    const first = this.CONSUME(keyword.timeouts);
    return { kind: 'timeouts', block: this.SUBRULE(this.timeoutItems), span: this.span(first) };
  });

  /** `sync = "sync" ( "master" | "backup" ) ( syncItems | "stopped" )` */
  private readonly sync = this.RULE('sync', (): Sync => {
    const first = this.CONSUME(keyword.sync);
    const role = this.oneOf('master', 'backup');
    return this.OR2<Sync>([
      { ALT: () => ({ kind: 'sync', role, block: this.SUBRULE(this.syncItems), span: this.span(first) }) },
      {
        ALT: () => {
          this.CONSUME(keyword.stopped);
          return { kind: 'sync', role, span: this.span(first) };
        },
      },
    ]);
  });

  /** `defaults = "defaults" settings` */
  private readonly defaults = this.RULE('defaults', (): Defaults => {
    const first = this.CONSUME(keyword.defaults);
    return { kind: 'defaults', block: this.SUBRULE(this.settings), span: this.span(first) };
  });

  /** `profile = "profile" NAME settings` */
  private readonly profile = this.RULE('profile', (): Profile => {
    const first = this.CONSUME(keyword.profile);
    const name = this.nameOf(this.CONSUME(tokens.Name));
    return { kind: 'profile', name, block: this.SUBRULE(this.settings), span: this.span(first) };
  });

  /** `pool = "pool" NAME members` */
  private readonly pool = this.RULE('pool', (): Pool => {
    const first = this.CONSUME(keyword.pool);
    const name = this.nameOf(this.CONSUME(tokens.Name));
    return { kind: 'pool', name, block: this.SUBRULE(this.members), span: this.span(first) };
  });

  /** `service = "service" NAME serviceItems` */
  private readonly service = this.RULE('service', (): ServiceStatement => {
    const first = this.CONSUME(keyword.service);
    const name = this.nameOf(this.CONSUME(tokens.Name));
    return { kind: 'service', name, block: this.SUBRULE(this.serviceItems), span: this.span(first) };
  });

  /** `statement = version | include | define | site | own | timeouts | sync | defaults | profile | pool | service` */
  private readonly statement = this.choice<Statement>('statement', [
    () => this.SUBRULE(this.version),
    () => this.SUBRULE(this.include),
    () => this.SUBRULE(this.define),
    () => this.SUBRULE(this.site),
    () => this.SUBRULE(this.own),
    () => this.SUBRULE(this.timeouts),
    () => this.SUBRULE(this.sync),
    () => this.SUBRULE(this.defaults),
    () => this.SUBRULE(this.profile),
    () => this.SUBRULE(this.pool),
    () => this.SUBRULE(this.service),
  ]);

  /** `file = { TERMINATOR | statement TERMINATOR }` */
  private readonly file = this.RULE('file', () => this.statements('file', this.statement));

  /** `constant = value`: what the command line may give a variable. */
  private readonly constant = this.RULE('constant', () => this.SUBRULE(this.value));

  /** Reads a file: in the quickest way, and as a whole if there is a mistake, which may lead behind the end of a piece. */
  readFile(source: SourceText): ParsedConfig {
    const quick = this.readQuickly(source);
    return quick.diagnostics.length === 0 ? quick : this.readCarefully(source);
  }

  /** Reads a file by the grammar alone, with all that there is to say of it. */
  readCarefully(source: SourceText): ParsedConfig {
    const tree: Tree = { statements: [], comments: [] };
    this.begin(source);
    this.readPiece({ start: 0, end: source.text.length }, tree);
    return this.parsed(tree);
  }

  /** Plain statements without tokens, and everything else in pieces, whose tokens are in memory for a piece at a time. */
  private readQuickly(source: SourceText): ParsedConfig {
    const { text } = source;
    const tree: Tree = { statements: [], comments: [] };
    const plain = new PlainConfig(source, tree.comments);
    this.begin(source);
    // Behind a mistake the file is read again in any case.
    for (let at = 0; at < text.length && this.diagnostics.length === 0;) {
      at = plain.read(at, tree.statements);
      if (at === text.length) break;
      const piece = pieceFrom(text, at, shortestPiece);
      this.readPiece(piece, tree);
      at = piece.end;
    }
    return this.parsed(tree);
  }

  private readPiece(piece: Piece, { statements, comments }: Tree): void {
    const { source } = this;
    const lexed = lexConfig(source, piece);
    this.input = lexed.tokens;
    for (const statement of this.file().items) statements.push(statement);
    for (const { image, startOffset: start } of lexed.comments) {
      const text = image.trimEnd();
      comments.push({ kind: 'comment', text, span: { source, start, end: start + text.length } });
    }
    // Nothing needs the tokens any more.
    this.input = [];
  }

  private parsed({ statements, comments }: Tree): ParsedConfig {
    const { source, diagnostics, lost } = this;
    const complete = diagnostics.length === 0;
    const span = { source, start: 0, end: source.text.length };
    return { file: { kind: 'file', source, statements, comments, lost, complete, span }, diagnostics };
  }

  /** Reads a value that stands alone; undefined if it is none. */
  readValue(source: SourceText): Value | undefined {
    this.begin(source);
    this.input = lexConfig(source).tokens;
    const value = this.constant();
    return this.errors.length === 0 ? value : undefined;
  }
}

/** Analysing the grammar takes most of the start-up, so there is one parser, and its validation is a test's. */
const parser = new ConfigParser({ skipValidations: true });

/** Reads a config file: a tree of everything that could be understood, and one diagnostic for every statement that could not. */
export function parseConfig(source: SourceText): ParsedConfig {
  return parser.readFile(source);
}

/** Reads the VALUE of `-D NAME=VALUE`; undefined if it is none. */
export function parseConfigValue(source: SourceText): Value | undefined {
  return parser.readValue(source);
}

/** Every token of a file, newlines and comments among them, as its text: what the formatter arranges. */
export function tokensOf(source: SourceText): readonly string[] {
  const lexed = lexConfig(source);
  const texts: string[] = [];
  let next = 0;
  const takeComments = (before: number): void => {
    for (let comment = lexed.comments[next]; comment !== undefined; comment = lexed.comments[++next]) {
      if (comment.startOffset > before) return;
      texts.push(comment.image.trimEnd());
    }
  };
  for (const { image, startOffset } of lexed.tokens) {
    takeComments(startOffset);
    texts.push(image);
  }
  takeComments(Number.POSITIVE_INFINITY);
  return texts;
}
