/** Owns the mark that a value was checked: only the parse function of a value's own file makes one. */

declare const brand: unique symbol;

/** A `Base` that has passed the check called `Name`; costs nothing at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
