import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Crew, Take } from '../core/crew.ts';
import type { NumericData } from '../core/ndarray.ts';
import {
  awaitDelivery,
  close,
  type Delivery,
  deliveries,
  draw,
  type Errand,
  type LeftFile,
  newLot,
  restOfStretch,
  type Start,
} from './lot.ts';

/** Threads that have to be sent home. */
export interface HiredCrew extends Crew {
  dismiss(): Promise<void>;
}

/** Milliseconds without a delivery after which a missing block is gathered here. */
const patience = 1000;

/** Arrays from so many bytes on are put where all threads see them, instead of into every message. */
const shareFrom = 65_536;

/**
 * Starts helpers that know some files. They take blocks as soon as they are there, and nobody waits for one that is not; what a helper
 * fails on is gathered here again, so that it is this thread that meets what is wrong with a file.
 */
export function hire(files: ReadonlyMap<unknown, LeftFile>, helpers: number, program: URL): HiredCrew {
  const team = Array.from({ length: helpers }, () => startHelper([...files.values()], program));
  const handOver = sharing([...files.keys()]);
  let errands = 0;
  return {
    share(order, count, stretch, gather, take) {
      const lot = newLot(count, helpers + 1, stretch);
      const errand: Errand = { number: ++errands, order: handOver(order) as object, lot };
      for (const { port } of team) port.postMessage(errand);
      const early = new Map<number, readonly unknown[]>();
      const lost: number[] = [];
      let next = 0;
      const arrive: Take = (block, gathered) => {
        if (block >= next) early.set(block, gathered);
        for (let own = early.get(next); own !== undefined; own = early.get(next)) {
          early.delete(next);
          take(next++, own);
        }
      };
      const receive = (): void => {
        for (const { port } of team) {
          for (const { number, block, gathered } of received(port)) {
            if (number !== errands) continue;
            if (gathered === null) lost.push(...restOfStretch(lot, block));
            else arrive(block, gathered);
          }
        }
      };
      try {
        gather(draw(lot, receive), arrive);
      } catch (error) {
        close(lot);
        throw error;
      }
      while (next < count) {
        const known = deliveries(lot);
        receive();
        if (lost.length > 0) gather(lost.splice(0), arrive);
        else if (next < count && !awaitDelivery(lot, known, patience)) gather([next], arrive);
      }
    },
    async dismiss() {
      await Promise.all(team.map(({ worker }) => worker.terminate()));
    },
  };
}

function startHelper(files: readonly LeftFile[], program: URL): { worker: Worker; port: MessagePort } {
  const { port1: port, port2 } = new MessageChannel();
  const workerData: Start = { files, port: port2 };
  const worker = new Worker(program, { workerData, transferList: [port2] });
  worker.on('error', () => {}); // A helper that cannot start, or dies, takes no blocks any more.
  worker.unref();
  return { worker, port };
}

function* received(port: MessagePort): Generator<Delivery, void> {
  for (;;) {
    const found = receiveMessageOnPort(port) as { message: Delivery } | undefined;
    if (found === undefined) return;
    yield found.message;
  }
}

/** Makes messages of plain data: numbers in files become the place of the file in the list, large arrays are copied once to where all threads see them. */
function sharing(files: readonly unknown[]): (value: unknown) => unknown {
  const copies = new WeakMap<NumericData, NumericData>();
  const shared = (array: NumericData): NumericData => {
    if (array.buffer instanceof SharedArrayBuffer) return array;
    if (array.byteLength < shareFrom) return array.slice();
    const Same = array.constructor as new (buffer: SharedArrayBuffer) => NumericData;
    const copy = copies.get(array) ?? new Same(new SharedArrayBuffer(array.byteLength));
    if (!copies.has(array)) copy.set(array);
    copies.set(array, copy);
    return copy;
  };
  const handOver = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) return shared(value as NumericData);
    if (files.includes(value)) return { file: files.indexOf(value) };
    if (Array.isArray(value)) return value.map(handOver);
    if (value instanceof Map) return value;
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, handOver(own)]));
  };
  return handOver;
}
