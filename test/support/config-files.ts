/** Owns a configuration of a test: its files in memory, compiled as `ipvstx check` compiles them. */

import * as reader from '../../grammar/parser/config-parser.ts';
import { type CompiledConfig, type ConfigOptions, compileConfig } from '../../src/compile/config/compile-config.ts';
import type { ConfigSources } from '../../src/compile/config/sources.ts';

/** Texts by path; paths have slashes and are relative to nothing. */
export type ConfigFiles = Readonly<Record<string, string>>;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Files in memory. Of patterns, `*` is known: it stands for any characters but slashes. */
export function sourcesOf(files: ConfigFiles): ConfigSources {
  return {
    find: (pattern, from) => {
      const path = folderOf(from) + pattern;
      if (!pattern.includes('*')) return Promise.resolve([path]);
      const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
      const matching = new RegExp(`^${escaped}$`);
      return Promise.resolve(
        Object.keys(files)
          .filter((name) => matching.test(name))
          .sort(),
      );
    },
    read: (name) => {
      const text = files[name];
      return Promise.resolve(text === undefined ? { problem: 'no such file', missing: true } : { name, text });
    },
  };
}

/** Compiles the file called `main.ipvs`. */
export function compileFiles(files: ConfigFiles, options?: ConfigOptions): Promise<CompiledConfig> {
  const root = { name: 'main.ipvs', text: files['main.ipvs'] ?? '' };
  return compileConfig(root, reader, sourcesOf(files), options);
}
