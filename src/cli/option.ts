/** Owns what an option is, and the type of its value. */

/** What has a line in a help text. */
export interface Described {
  /** One phrase without a full stop. */
  readonly summary: string;
}

/** `--name` without a value. */
interface Flag extends Described {
  readonly kind: 'flag';
  /** One letter. */
  readonly alias?: string;
}

/** `--name VALUE`, where VALUE is one of a few words. */
interface Choice extends Described {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly alias?: string;
}

/** `--name VALUE`, where `parse` says what a VALUE is. */
interface Value extends Described {
  readonly kind: 'value';
  /** What stands for the value in a help text, such as `FILE`. */
  readonly placeholder: string;
  readonly alias?: string;
  /** The value that was meant; undefined if the text is none. */
  readonly parse: (text: string) => unknown;
  /** What the text should have been, for the report: `a number of seconds`. */
  readonly expects?: string;
}

/** `--name VALUE` as often as wanted, where `parse` says what each VALUE is. */
interface List extends Omit<Value, 'kind'> {
  readonly kind: 'list';
}

/** An option of a command. */
export type Option = Flag | Choice | Value | List;

/** By long name, in the order of the help text. */
export type Options = Readonly<Record<string, Option>>;

type OptionValue<O extends Option> = O extends Flag
  ? boolean
  : O extends { readonly choices: readonly (infer Word)[] }
    ? Word | undefined
    : O extends { readonly parse: (text: string) => infer Parsed }
      ? O extends List
        ? readonly NonNullable<Parsed>[]
        : Parsed | undefined
      : never;

/** What the options of a table are on one command line; a flag that was not given is false. */
export type OptionValues<O extends Options> = { readonly [Name in keyof O]: OptionValue<O[Name]> };
