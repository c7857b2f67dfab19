/** Owns the table of a configuration: every listener of a service times every backend that fits it. */

import type { Related } from '../../../grammar/text/diagnostic.ts';
import { quoted } from '../../../grammar/text/quoted.ts';
import { defaultScheduler } from '../../../grammar/value/schedulers.ts';
import {
  type Destination,
  type DestinationId,
  type DestinationKey,
  type DestinationSettings,
  type Forwarding,
  destinationId,
} from '../../model/destination.ts';
import { type Service, type ServiceId, type ServiceSettings, serviceFamily, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import type { Budget } from './budget.ts';
import { portNumber } from './ports.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';
import type { Backend, Choices, Listener, ResolvedConfig, ResolvedService, Use } from './resolved.ts';
import type { Family } from '../../../grammar/value/family.ts';
import type { Address } from '../../../grammar/value/address.ts';

/** What holds where nobody wrote a forwarding method. */
const defaultForwarding: Forwarding = { method: 'direct' };

function serviceSettings({ scheduler, persist, engine, onePacket }: Choices, family: Family): ServiceSettings {
  const persisting = persist?.value === 'off' ? undefined : persist?.value;
  const engineName = engine === undefined ? persisting?.engine : engine.value;
  const settings = {
    scheduler: scheduler?.value.name ?? defaultScheduler,
    flags: scheduler?.value.flags ?? 0,
    onePacket: onePacket?.value ?? false,
  };
  if (persisting === undefined && engineName === undefined) return settings;
  return {
    ...settings,
    ...(persisting && { persistence: { timeout: persisting.timeout, mask: persisting.masks[family] } }),
    ...(engineName !== undefined && { engine: engineName }),
  };
}

/** How packets reach a backend. */
export function forwardingOf({ choices }: Backend): Forwarding {
  return choices.forwarding?.value ?? defaultForwarding;
}

function destinationSettings(backend: Backend): DestinationSettings {
  const { weight, upper, lower } = backend.choices;
  return {
    forwarding: forwardingOf(backend),
    weight: weight?.value.weight ?? 1,
    upperThreshold: upper?.value ?? 0,
    lowerThreshold: lower?.value ?? 0,
  };
}

/** The addresses under which a listener of this family can reach a backend. */
export function addressesFor({ member, choices }: Backend, family: Family): readonly Address[] {
  const own = member.addresses[family];
  if (own.length > 0 || choices.crossFamily === undefined) return own;
  return member.addresses[family === 'ip' ? 'ip6' : 'ip'];
}

/**
 * The port of a backend. Masquerading may change it; direct routing and tunnels deliver the packet as it is, so there
 * the listener's counts. A mark has no port: 0 leaves that of the packet.
 */
function portFor(backend: Backend, { key }: Listener, report: Report): number | undefined {
  const { port } = backend.choices;
  const inherited = key.kind === 'mark' ? 0 : key.port;
  if (port === undefined || (key.kind === 'endpoint' && forwardingOf(backend).method !== 'masquerade'))
    return inherited;
  const protocol = key.kind === 'mark' ? undefined : key.protocol;
  const number = portNumber(port.value, protocol);
  if (number === undefined && typeof port.value !== 'number') {
    report(
      problem(
        'unknown-port',
        { name: port.value.name, protocols: protocol === undefined ? [] : [protocol] },
        { span: port.span },
      ),
    );
  }
  return number;
}

/** What one listener of each family costs: each backend is looked at, and has one address or many. */
function costs({ backends }: ResolvedService): Readonly<Record<Family, number>> {
  const costOf = (family: Family): number =>
    backends.reduce((cost, backend) => cost + Math.max(1, addressesFor(backend, family).length), 1);
  return { ip: costOf('ip'), ip6: costOf('ip6') };
}

/** Makes the table of a configuration, and reports what would be in it twice. */
export function expandConfig(
  { services, timeouts, daemons, owns }: ResolvedConfig,
  budget: Budget,
  report: Report,
): Table {
  const table = new Map<ServiceId, Service>();

  function expand(declared: ResolvedService, listener: Listener): void {
    const { key, span, portSpan, defined } = listener;
    const id = serviceId(key);
    const before = table.get(id);
    if (before !== undefined) {
      const owner = before.name === undefined ? '' : ` by service ${quoted(before.name)}`;
      const first: Related[] = before.origin ? [{ message: `declared here before${owner}`, span: before.origin }] : [];
      // If it is the same address, it is the port that stands there again.
      const again = before.origin === span ? (portSpan ?? span) : span;
      const related = [...(defined ? [defined] : []), ...first];
      report(problem('listener-declared-twice', { id }, { span: again, related }));
      return;
    }
    const { name, description, choices } = declared;
    const family = serviceFamily(key);
    const destinations = expandBackends(declared, listener);
    const service = { key, settings: serviceSettings(choices, family), destinations, name: name.value, origin: span };
    const onRemove = choices.onRemove?.value;
    if (description === undefined && onRemove === undefined) table.set(id, service);
    else
      table.set(id, { ...service, ...(description !== undefined && { description }), ...(onRemove && { onRemove }) });
  }

  function expandBackends({ uses }: ResolvedService, listener: Listener): ReadonlyMap<DestinationId, Destination> {
    const family = serviceFamily(listener.key);
    const destinations = new Map<DestinationId, Destination>();
    const enter = (
      key: DestinationKey,
      settings: DestinationSettings,
      { member, choices }: Backend,
      use: Use,
    ): void => {
      const id = destinationId(key);
      const before = destinations.get(id);
      if (before === undefined) {
        const { name, span: origin } = member;
        // Not one object with spreads, which are slow: there may be half a million of them.
        const destination = name === undefined ? { key, settings, origin } : { key, settings, name, origin };
        const isInitial = choices.weight?.value.initial === true;
        destinations.set(id, isInitial ? { ...destination, weightIsInitial: true } : destination);
        return;
      }
      // A pool that is used twice has each of its members once: then it is the second use that is too much.
      const span = before.origin === member.span ? use.span : member.span;
      const related = before.origin ? [{ message: 'declared here before', span: before.origin }] : [];
      report(problem('backend-declared-twice', { id }, { span, related }));
    };
    for (const use of uses) {
      for (const backend of use.backends) {
        const port = portFor(backend, listener, report);
        if (port === undefined) continue;
        const settings = destinationSettings(backend);
        for (const address of addressesFor(backend, family)) enter({ address, port }, settings, backend, use);
      }
    }
    return destinations;
  }

  // Counted before it is made: what is too much may be more than there is memory.
  const fits = services.every((service) => {
    const cost = costs(service);
    return service.listeners.every(({ key }) => budget.spend(cost[serviceFamily(key)], service.name.span));
  });
  for (const service of fits ? services : []) {
    for (const listener of service.listeners) expand(service, listener);
  }
  return {
    services: table,
    timeouts,
    daemons: Object.fromEntries(Array.from(daemons, ([role, { value }]) => [role, value])),
    ...(owns && { owns }),
  };
}
