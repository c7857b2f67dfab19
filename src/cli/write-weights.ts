/** Owns a change of weights on its way into the source that people keep: made and proved before anything is written. */

import { hasErrors } from '../../grammar/text/diagnostic.ts';
import type { SourceText } from '../../grammar/text/source-text.ts';
import { type WeighedPlace, reweigh } from '../compile/backends/reweigh.ts';
import { type WeightEdit, rewriteWeights } from '../compile/backends/rewrite-weight.ts';
import { destinationId } from '../model/destination.ts';
import { serviceId } from '../model/service.ts';
import { tableToJson } from '../model/table-json.ts';
import type { Table } from '../model/table.ts';
import { openDiskSources } from './config-sources.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { askSystem } from './host-names.ts';
import { compileText, loadTable } from './load-table.ts';
import { lossOf } from './read-source.ts';
import { parseReference } from './reference.ts';
import { writeText } from './write-table.ts';

/** The changed weights that a table has a place for, as this table knows those places. */
function weighedIn(table: Table, weighed: readonly WeighedPlace[]): readonly WeighedPlace[] {
  return weighed.flatMap(({ service: { key }, destination, weight }) => {
    const service = table.services.get(serviceId(key));
    const found = service?.destinations.get(destinationId(destination.key));
    return service === undefined || found === undefined ? [] : [{ service, destination: found, weight }];
  });
}

/** One edit for each statement: the services that share a pool share its members. */
function editsOf(weighed: readonly WeighedPlace[]): Iterable<WeightEdit> {
  const edits = new Map<string, WeightEdit>();
  for (const { destination, weight } of weighed) {
    const { origin: span } = destination;
    if (span !== undefined) edits.set(`${span.start} ${span.source.name}`, { span, weight });
  }
  return edits.values();
}

const same = (left: Table, right: Table): boolean =>
  JSON.stringify(tableToJson(left)) === JSON.stringify(tableToJson(right));

/**
 * The files as they have to be written for the source to say these weights, and nothing else anew. Rejects with a
 * {@link Failure} if no edit of the statements themselves does that.
 */
export async function weightsInSource(
  file: string,
  weighed: readonly WeighedPlace[],
  context: Context,
): Promise<readonly SourceText[]> {
  const reference = parseReference(file, undefined);
  if (reference.kind !== 'file' || reference.path === '-' || reference.language === 'json') {
    throw new Failure('usage', `a weight can't be written to "${file}"`, 'name a rule file or a configuration');
  }
  const { path, language } = reference;
  const { table } = (await loadTable(file, undefined, context)).snapshot;
  const known = weighedIn(table, weighed);
  if (known.length === 0) throw new Failure('error', `${file} has no such backend; nothing was changed`);
  const files = rewriteWeights(editsOf(known), language);
  const loss = files.map(lossOf).find((each) => each !== undefined);
  if (loss !== undefined) throw loss;

  const disk = openDiskSources(context.host);
  const edited = new Map(files.map((each) => [each.name, each]));
  const sources = { ...disk, read: async (name: string) => edited.get(name) ?? disk.read(name) };
  const root = await sources.read(path);
  if ('problem' in root) throw new Failure('error', `can't read "${path}": ${root.problem}`);
  const { options } = context;
  const { snapshot, diagnostics } = await compileText(root, { language, resolve: askSystem(), sources, options });
  if (!hasErrors(diagnostics) && same(snapshot.table, reweigh(table, known))) return files;
  throw new Failure(
    'error',
    `the weight in ${file} is not this backend's alone: it comes from a variable, a range or a setting; nothing was changed`,
    'edit the file and apply it',
  );
}

/** Writes the files, each as a whole. */
export async function writeSource(files: readonly SourceText[], context: Context): Promise<void> {
  for (const { name, text } of files) {
    await writeText(text, name, context);
    await context.note(`wrote ${name}\n`);
  }
}
