/** Owns what every text for people needs to know about the place where it will be read. */

import { type Paint, plain } from './paint.ts';

/** How a text is laid out. */
export interface Layout {
  /** Columns: what can be cut or wrapped stays within them. */
  readonly width: number;
  readonly paint: Paint;
}

/** For files and pipes. */
export const plainLayout: Layout = { width: 120, paint: plain };
