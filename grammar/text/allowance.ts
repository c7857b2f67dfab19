/** Owns how a comment silences a warning: `# ipvstx: allow CODE, CODE`, in both languages. */

const allowance = /^#\s*ipvstx:\s*allow\s+(.+)$/;

/** The codes that a comment allows, for its own line and the line below; none if it is another comment. */
export function allowedCodes(comment: string): readonly string[] {
  return (
    allowance
      .exec(comment)?.[1]
      ?.trim()
      .split(/[\s,]+/) ?? []
  );
}
