/** Owns the layout of a config file: the same tokens with other white space between them. */

const indentation = '  ';

/** Braces that hold a newline are laid out over several lines, all others on one. The indices of those that are. */
function brokenBraces(tokens: readonly string[]): ReadonlySet<number> {
  const broken = new Set<number>();
  const open: { readonly index: number; broken: boolean }[] = [];
  for (const [index, token] of tokens.entries()) {
    const innermost = open.at(-1);
    if (token === '{') open.push({ index, broken: false });
    else if (token === '\n' && innermost !== undefined) innermost.broken = true;
    else if (token === '}' && innermost !== undefined) {
      open.pop();
      if (!innermost.broken) continue;
      broken.add(innermost.index).add(index);
      const outer = open.at(-1);
      if (outer !== undefined) outer.broken = true;
    }
  }
  return broken;
}

/** The lines of a file, an empty one for each run of empty ones; a broken brace ends or begins its line. */
function linesOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const broken = brokenBraces(tokens);
  const lines: string[][] = [];
  let line: string[] = [];
  const endLine = (): void => {
    lines.push(line);
    line = [];
  };
  for (const [index, token] of tokens.entries()) {
    const closes = token === '}' && broken.has(index);
    if (closes && line.length > 0) endLine();
    if (token === '\n') {
      endLine();
      continue;
    }
    line.push(token);
    const next = tokens[index + 1] ?? '\n';
    if (token === '{' && broken.has(index) && next !== '\n' && !next.startsWith('#')) endLine();
  }
  if (line.length > 0) endLine();
  return lines;
}

/** Whether two tokens of one line stand apart. */
function apart(left: string, right: string): boolean {
  return right !== ',' && right !== ';' && right !== '(' && right !== ')' && left !== '(';
}

function printLine(line: readonly string[]): string {
  let text = '';
  for (const [index, token] of line.entries()) {
    const before = line[index - 1];
    text += before !== undefined && apart(before, token) ? ` ${token}` : token;
  }
  return text;
}

/**
 * Prints the tokens of a file without mistakes: two blanks a level, one between tokens, no columns, at most one empty
 * line in a row and none where a block begins or ends. A token is its text; a newline is one, and so is a comment.
 */
export function printConfig(tokens: readonly string[]): string {
  let text = '';
  let depth = 0;
  let pendingEmpty = false;
  let blockBegins = true;
  for (const line of linesOf(tokens)) {
    if (line.length === 0) {
      pendingEmpty = true;
      continue;
    }
    const closing = line.findIndex((token) => token !== '}');
    depth -= closing === -1 ? line.length : closing;
    if (pendingEmpty && !blockBegins && line[0] !== '}') text += '\n';
    text += `${indentation.repeat(Math.max(0, depth))}${printLine(line)}\n`;
    for (const token of line.slice(closing === -1 ? line.length : closing)) {
      if (token === '{') depth++;
      else if (token === '}') depth--;
    }
    pendingEmpty = false;
    blockBegins = line.at(line.at(-1)?.startsWith('#') === true ? -2 : -1) === '{';
  }
  return text;
}
