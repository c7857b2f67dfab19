/** Owns the settings of a service as a rule gives them, and what ipvsadm asks of them together. */

import { familyOf } from '../../../grammar/value/address.ts';
import { hostMask } from '../../../grammar/value/netmask.ts';
import { defaultScheduler } from '../../../grammar/value/schedulers.ts';
import { type ServiceKey, type ServiceSettings, serviceFamily } from '../../model/service.ts';
import type { LineContext } from './context.ts';
import { endpointText } from './endpoints.ts';
import { readFlags } from './flags.ts';
import { maskOfLength } from './masks.ts';
import { problem } from './problems.ts';
import { type Said, writtenAs } from './said.ts';

type EndpointKey = Extract<ServiceKey, { kind: 'endpoint' }>;

/** The address with the port that was probably meant: that of `2001:db8::1:80` or of `[192.0.2.1]:80`. */
function withPort(written: string, { address }: EndpointKey): string {
  if (familyOf(address) === 'ip') return endpointText(address, /\]:(\w+)$/.exec(written)?.[1] ?? 'PORT');
  const [, front, port] = /^([0-9a-fA-F:]+):(\d{1,5})$/.exec(written) ?? [];
  return front === undefined ? endpointText(address, 'PORT') : `[${front}]:${port}`;
}

function checkEndpoint({ given, persistence }: Said, key: EndpointKey, context: LineContext): void {
  const address = given.get('service-address')?.value;
  if (key.port === 0 && persistence === undefined && address !== undefined) {
    const suggestion = `write ${withPort(address.text, key)}, or add -p`;
    context.report(problem('missing-port', undefined, { span: address.span, suggestion }));
  }
  const ops = given.get('ops');
  if (ops !== undefined && key.protocol !== 'udp') {
    const suggestion = `leave out ${writtenAs(ops)}`;
    context.report(problem('one-packet-not-udp', undefined, { span: ops.span, suggestion }));
  }
}

function checkMask({ given, mask, persistence }: Said, key: ServiceKey, context: LineContext): void {
  const netmask = given.get('netmask');
  if (netmask === undefined || mask === undefined) return;
  const { span, value } = netmask;
  if (persistence === undefined) {
    context.report(problem('unused-mask', undefined, { span, suggestion: 'add -p, or leave out -M' }));
  } else if (value !== undefined && /^\d+$/.test(value.text) && serviceFamily(key) === 'ip') {
    const details = { span: value.span, ...maskOfLength(value.text) };
    context.report(problem('prefix-as-mask', { text: value.text, mask }, details));
  }
}

/** The whole of a service's settings: what -A and -E do not name has its default. */
export function readServiceSettings(said: Said, key: ServiceKey, context: LineContext): ServiceSettings {
  const {
    scheduler = defaultScheduler,
    persistence: timeout,
    mask = hostMask(serviceFamily(key)),
    engine,
    given,
  } = said;
  if (key.kind === 'endpoint') checkEndpoint(said, key, context);
  checkMask(said, key, context);
  return {
    scheduler,
    flags: readFlags(said, context),
    ...(timeout === undefined ? {} : { persistence: { timeout, mask } }),
    ...(engine === undefined ? {} : { engine }),
    onePacket: given.has('ops'),
  };
}
