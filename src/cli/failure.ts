/** Owns the end of a run that is nobody's bug: a file that can't be read, a usage error, a kernel without IPVS. */

import type { ExitStatus } from './exit.ts';

/** Carries the words for standard error and the exit status up to the one place that prints them. */
export class Failure extends Error {
  readonly status: ExitStatus;
  /** What to do about it, in one sentence. */
  readonly suggestion?: string;

  constructor(status: ExitStatus, message: string, suggestion?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Failure';
    this.status = status;
    if (suggestion !== undefined) this.suggestion = suggestion;
  }
}

/** The words for the errors of files and pipes that people meet; others keep the name that the system gave them. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'it is closed',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a directory',
  EPERM: 'operation not permitted',
  EPIPE: 'the reader has closed it',
  EROFS: 'the file system is read-only',
};

/** Why a system call failed, in words. */
export function systemErrorText(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code !== undefined) return systemErrors[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
