import { expect, test } from 'vitest';
import { KernelFault } from '../../../src/apply/port.ts';
import { readStable } from '../../../src/apply/stable-read.ts';
import { emptyTable } from '../../../src/model/table.ts';
import { newDestination, newService, real, tcp } from '../../support/operation.ts';
import { type Script, scriptedPort } from '../../support/scripted-port.ts';

const web = tcp('192.0.2.1');

/** How often the table was read, and what came of it. */
async function readWith(beforeDump: NonNullable<Script['beforeDump']>) {
  let readings = 0;
  const port = scriptedPort(emptyTable, {
    beforeDump: (kernel, index) => {
      readings++;
      beforeDump(kernel, index);
    },
  });
  const outcome = await readStable(port).catch((error: unknown) => error);
  return { readings, outcome, table: port.kernel.table() };
}

test('a table that holds still is read twice', async () => {
  const { readings, outcome, table } = await readWith(() => undefined);
  expect(readings).toBe(2);
  expect(outcome).toMatchObject({ table });
});

test('a table that another program changes between two readings is read until it holds still', async () => {
  const { readings, outcome, table } = await readWith((kernel, index) => {
    if (index === 1) kernel.execute(newService(web));
    if (index === 2) kernel.execute(newDestination(web, real('10.0.0.1')));
  });
  expect(readings).toBe(4);
  expect(table.services.size).toBe(1);
  expect(outcome).toMatchObject({ table });
});

test('a reading that is torn agrees with nothing', async () => {
  const { readings, outcome } = await readWith((_, index) => {
    if (index === 1) throw new KernelFault('torn', 'a destination came twice');
  });
  expect(readings).toBe(4);
  expect(outcome).toHaveProperty('table');
});

test('a table that never holds still is given up', async () => {
  const { readings, outcome } = await readWith((kernel, index) => {
    kernel.execute(newService(tcp('192.0.2.1', index)));
  });
  expect(readings).toBe(6);
  expect(outcome).toMatchObject({ constructor: KernelFault, kind: 'torn' });
});

test('any other fault ends it at once', async () => {
  const fault = new KernelFault('denied', 'no');
  const { readings, outcome } = await readWith(() => {
    throw fault;
  });
  expect(readings).toBe(1);
  expect(outcome).toBe(fault);
});
