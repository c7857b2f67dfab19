/** Owns what is said about a plan as a whole: between which tables it leads, and its numbers. */

import { serviceId } from '../model/service.ts';
import { type Table, countDestinations } from '../model/table.ts';
import { shortFingerprint } from '../plan/fingerprint.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanSummary } from '../plan/summary.ts';

/** What a plan does not know about itself. */
export interface PlanContext {
  /** Where the observed table is: `netns init`, or the name of the table that was compared instead. */
  readonly live: string;
  /** Whether that is the table of a kernel (default), and not one that was named instead. */
  readonly isLive?: boolean;
  /** Where the desired one comes from: a path, with its git revision if there is one. */
  readonly source: string;
  /** The command to run next. */
  readonly next?: string;
}

/** Titles and texts, in the order in which they stand above a plan. */
export function headerOf(plan: Plan, context: PlanContext): readonly (readonly [title: string, text: string])[] {
  const size = sizeText(plan.observed.table);
  const left: readonly [string, string] = ['Left', foreignText(plan)];
  const [before, after] = context.isLive === false ? ['From', 'To'] : ['Live', 'Source'];
  return [
    [before, `${context.live}, ${size}, fingerprint ${shortFingerprint(plan.basis)}`],
    [after, context.source],
    ...(plan.foreign.length === 0 ? [] : [left]),
    ...plan.remarks.map(({ sysctl, text }): readonly [string, string] => ['Kernel', `${sysctl} is ${text}`]),
  ];
}

/** Two tables that are the same. */
export const noChanges = 'No changes.';

/** `1 to add, 2 to change, 3 to remove` */
export function countsText({ add, change, remove }: PlanSummary): string {
  return `${add} to add, ${change} to change, ${remove} to remove`;
}

/** `worst: cut (12 connections); 9 kernel calls` */
export function effortText({ worst, connections, kernelCalls }: PlanSummary): string {
  const concerned = counted(connections.active + connections.inactive, 'connection');
  const isCounted = worst === 'cut' || worst === 'drain' || worst === 'remap';
  const worstText = isCounted ? `${worst} (${concerned})` : worst;
  return `worst: ${worstText}; ${counted(kernelCalls, 'kernel call')}`;
}

/** The line that ends a plan. */
export function summaryText(summary: PlanSummary): string {
  return `${countsText(summary)}; ${effortText(summary)}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sizeText(table: Table): string {
  return `${counted(table.services.size, 'service')}, ${counted(countDestinations(table), 'backend')}`;
}

function foreignText({ foreign }: Plan): string {
  return `${counted(foreign.length, 'service')} of other programs: ${foreign.map(serviceId).join(', ')}`;
}
