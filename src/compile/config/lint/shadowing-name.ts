/** Owns the lint of a service that is called like a port it does not listen on. */

import { portOfName } from '../../../../grammar/value/port-names.ts';
import { problem } from '../problems.ts';
import type { Lint } from './lint.ts';

/** Warns of services whose name is a well-known port: whoever reads `https` in a plan expects 443. */
export const lintShadowingName: Lint = ({ config }, report) => {
  for (const { name, listeners } of config.services) {
    let known: number | undefined;
    const fits = listeners.some(({ key }) => {
      if (key.kind === 'mark') return true;
      const port = portOfName(name.value, key.protocol);
      known ??= port;
      return port === key.port;
    });
    if (known !== undefined && !fits)
      report(problem('shadowing-name', { name: name.value, port: known }, { span: name.span }));
  }
};
