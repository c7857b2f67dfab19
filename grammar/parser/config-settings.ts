/** Owns the productions of settings and backends in the config language. */

import type {
  BackendOption,
  CrossFamilyOption,
  EngineSetting,
  ForwardSetting,
  Member,
  OnePacketSetting,
  OnRemoveSetting,
  PersistOption,
  PersistSetting,
  PortOption,
  Scalar,
  SchedulerSetting,
  Setting,
  ThresholdSetting,
  TunnelOptions,
  WeightSetting,
} from '../ast/config.ts';
import { addressLabel } from './config-advice.ts';
import { keywordTokens as keyword, tokens } from './config-lexer.ts';
import { ValueParser } from './config-values.ts';

/** What may be said of services and of backends. */
export abstract class SettingParser extends ValueParser {
  /** `scheduler = "scheduler" value [ "flags" value ]` */
  private readonly scheduler = this.RULE('scheduler', (): SchedulerSetting => {
    const first = this.CONSUME(keyword.scheduler);
    const name = this.SUBRULE(this.value);
    const flags = this.OPTION(() => {
      this.CONSUME(keyword.flags);
      return this.SUBRULE2(this.value);
    });
    return { kind: 'scheduler', name, ...(flags && { flags }), span: this.span(first) };
  });

  /** `persistOption = ( "mask" | "mask6" | "engine" ) value` */
  private readonly persistOption = this.RULE('persistOption', (): PersistOption => {
    const first = this.LA(1);
    const name = this.oneOf('mask', 'mask6', 'engine');
    const value = this.SUBRULE(this.value);
    return { kind: 'persist-option', name, value, span: this.span(first) };
  });

  /** `persist = "persist" ( "off" | [ amount ] { persistOption } )` */
  private readonly persist = this.RULE('persist', (): PersistSetting => {
    const first = this.CONSUME(keyword.persist);
    const options: PersistOption[] = [];
    return this.OR<PersistSetting>([
      {
        ALT: () => {
          this.CONSUME(keyword.off);
          return { kind: 'persist', off: true, options, span: this.span(first) };
        },
      },
      {
        ALT: () => {
          const time = this.OPTION(() => this.SUBRULE(this.amount));
          this.MANY(() => options.push(this.SUBRULE(this.persistOption)));
          return { kind: 'persist', off: false, ...(time && { time }), options, span: this.span(first) };
        },
      },
    ]);
  });

  /** `engine = "engine" ( "off" | value )` */
  private readonly engine = this.RULE('engine', (): EngineSetting => {
    const first = this.CONSUME(keyword.engine);
    return this.OR<EngineSetting>([
      {
        // `off` is a word, too; the keyword comes first.
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.CONSUME(keyword.off);
          return { kind: 'engine', span: this.span(first) };
        },
      },
      { ALT: () => ({ kind: 'engine', name: this.SUBRULE(this.value), span: this.span(first) }) },
    ]);
  });

  /** `onePacket = "one-packet" [ "off" ]` */
  private readonly onePacket = this.RULE('onePacket', (): OnePacketSetting => {
    const first = this.CONSUME(keyword['one-packet']);
    const off = this.OPTION(() => this.CONSUME(keyword.off));
    return { kind: 'one-packet', off: off !== undefined, span: this.span(first) };
  });

  /** `onRemove = "on-remove" ( "drain" value | "cut" )` */
  private readonly onRemove = this.RULE('onRemove', (): OnRemoveSetting => {
    const first = this.CONSUME(keyword['on-remove']);
    return this.OR<OnRemoveSetting>([
      {
        ALT: () => {
          this.CONSUME(keyword.drain);
          return { kind: 'on-remove', drain: this.SUBRULE(this.value), span: this.span(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.cut);
          return { kind: 'on-remove', span: this.span(first) };
        },
      },
    ]);
  });

  /** `checksum = "nocsum" | "csum" | "remcsum"` */
  private readonly checksum = this.RULE('checksum', () => this.oneOf('nocsum', 'csum', 'remcsum'));

  /** `tunnelOptions = "ipip" | "gue" "port" value [ checksum ] | "gre" [ checksum ]` */
  private readonly tunnelOptions = this.RULE('tunnelOptions', (): TunnelOptions => {
    const first = this.LA(1);
    return this.OR<TunnelOptions>([
      {
        ALT: () => {
          this.CONSUME(keyword.ipip);
          return { kind: 'tunnel', type: 'ipip', span: this.span(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.gue);
          this.CONSUME(keyword.port);
          const port = this.SUBRULE(this.value);
          const checksum = this.OPTION(() => this.SUBRULE(this.checksum));
          return { kind: 'tunnel', type: 'gue', port, ...(checksum && { checksum }), span: this.span(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.gre);
          const checksum = this.OPTION2(() => this.SUBRULE2(this.checksum));
          return { kind: 'tunnel', type: 'gre', ...(checksum && { checksum }), span: this.span(first) };
        },
      },
    ]);
  });

  /** `method = "masq" | "dr" | "tunnel" [ tunnelOptions ]` */
  private readonly method = this.RULE('method', (): ForwardSetting => {
    const first = this.LA(1);
    const tunnel = this.OR<TunnelOptions | undefined>([
      {
        ALT: () => {
          this.CONSUME(keyword.masq);
          return undefined;
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.dr);
          return undefined;
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.tunnel);
          return this.OPTION(() => this.SUBRULE(this.tunnelOptions));
        },
      },
    ]);
    const method = first.image as ForwardSetting['method'];
    return { kind: 'forward', method, ...(tunnel && { tunnel }), span: this.span(first) };
  });

  /** `forward = "forward" method` */
  private readonly forward = this.RULE('forward', (): ForwardSetting => {
    const first = this.CONSUME(keyword.forward);
    return { ...this.SUBRULE(this.method), span: this.span(first) };
  });

  /** `weight = "weight" value [ "initial" ]` */
  private readonly weight = this.RULE('weight', (): WeightSetting => {
    const first = this.CONSUME(keyword.weight);
    const weight = this.SUBRULE(this.value);
    const initial = this.OPTION(() => this.CONSUME(keyword.initial));
    return { kind: 'weight', weight, initial: initial !== undefined, span: this.span(first) };
  });

  /** `threshold = ( "upper" | "lower" ) value` */
  private readonly threshold = this.RULE('threshold', (): ThresholdSetting => {
    const first = this.LA(1);
    const kind = this.oneOf('upper', 'lower');
    return { kind, connections: this.SUBRULE(this.value), span: this.span(first) };
  });

  /** `setting = scheduler | persist | engine | onePacket | onRemove | forward | weight | threshold` */
  protected readonly setting = this.choice<Setting>('setting', [
    () => this.SUBRULE(this.scheduler),
    () => this.SUBRULE(this.persist),
    () => this.SUBRULE(this.engine),
    () => this.SUBRULE(this.onePacket),
    () => this.SUBRULE(this.onRemove),
    () => this.SUBRULE(this.forward),
    () => this.SUBRULE(this.weight),
    () => this.SUBRULE(this.threshold),
  ]);

  /** `portOption = "port" value` */
  private readonly portOption = this.RULE('portOption', (): PortOption => {
    const first = this.CONSUME(keyword.port);
    return { kind: 'port', port: this.SUBRULE(this.value), span: this.span(first) };
  });

  /** `crossFamily = "cross-family"` */
  private readonly crossFamily = this.RULE('crossFamily', (): CrossFamilyOption => {
    const first = this.CONSUME(keyword['cross-family']);
    return { kind: 'cross-family', span: this.span(first) };
  });

  /** `backendOption = weight | portOption | method | threshold | crossFamily` */
  private readonly backendOption = this.choice<BackendOption>('backendOption', [
    () => this.SUBRULE(this.weight),
    () => this.SUBRULE(this.portOption),
    () => this.SUBRULE(this.method),
    () => this.SUBRULE(this.threshold),
    () => this.SUBRULE(this.crossFamily),
  ]);

  /** `{ backendOption }`, as the last part of a rule. */
  protected backendOptions(): readonly BackendOption[] {
    const options: BackendOption[] = [];
    this.MANY(() => options.push(this.SUBRULE(this.backendOption)));
    // A list that has grown has room for more, and there are many of these: the copy has not.
    return options.slice();
  }

  /** `member = [ NAME ] address { address } { backendOption }` */
  protected readonly member = this.RULE('member', (): Member => {
    const first = this.LA(1);
    const name = this.OPTION(() => this.nameOf(this.CONSUME(tokens.Name)));
    const addresses: Scalar[] = [];
    this.AT_LEAST_ONE({ ERR_MSG: addressLabel, DEF: () => addresses.push(this.SUBRULE(this.address)) });
    const options = this.backendOptions();
    const span = this.span(first);
    // Not one literal with a spread, which weighs more.
    if (name === undefined) return { kind: 'member', addresses: addresses.slice(), options, span };
    return { kind: 'member', name, addresses: addresses.slice(), options, span };
  });
}
