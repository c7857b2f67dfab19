/** Owns the program's source as the tests about its shape see it: files and the imports in them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** One import, of a value or of a type, static or dynamic. */
export interface Import {
  /** A path from the repository's root, or the name of a package or of a Node module. */
  readonly target: string;
  readonly isFile: boolean;
  readonly isDynamic: boolean;
}

/** One source file. */
export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
}

/** Prettier leaves no other way to write one; the name stands on the line of `from`, wherever the list began. */
const importPattern = /(?:^import|^} from|^(?:im|ex)port .* from|\bimport\() ?'([^']+)'/;

function importsOf(path: string, lines: readonly string[]): readonly Import[] {
  const imports: Import[] = [];
  for (const line of lines) {
    const name = importPattern.exec(line)?.[1];
    if (name === undefined) continue;
    const isFile = name.startsWith('.');
    const target = isFile ? posix.join(posix.dirname(path), name) : name;
    imports.push({ target, isFile, isDynamic: line.includes('import(') });
  }
  return imports;
}

/** The TypeScript files under the folders, by path. */
export function readSourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => posix.join(folder, path)),
    )
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      return { path, lines, imports: importsOf(path, lines) };
    });
}
