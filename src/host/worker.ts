import { workerData } from 'node:worker_threads';
import type { StoredNumbers } from '../core/ndarray.ts';
import type { Stack } from '../measure/arrays.ts';
import type { Order } from '../measure/order.ts';
import { gatherOrder } from '../measure/sweep.ts';
import { openLeft } from './files.ts';
import { type Delivery, draw, type Errand, isDrawn, ring, type Start } from './lot.ts';

// The program of a helper: gathers blocks for as long as it is let. Where it cannot start, nobody waits for it.
void help(workerData as Start);

async function help({ files, port }: Start): Promise<void> {
  const known = await Promise.all(files.map(openLeft));
  port.on('message', ({ number, order, lot }: Errand) => {
    // Whoever comes late finds all done.
    if (isDrawn(lot)) return;
    let last: number | null = null;
    const deliver = (block: number, gathered: readonly unknown[] | null): void => {
      port.postMessage({ number, block, gathered } satisfies Delivery);
      ring(lot);
    };
    function* drawn(): Generator<number, void> {
      for (const block of draw(lot)) {
        last = block;
        yield block;
      }
    }
    try {
      gatherOrder(opened(order as Order, known))(drawn(), deliver);
    } catch {
      if (last !== null) deliver(last, null);
    }
  });
}

/** The order with the numbers of the files that this thread has opened. */
function opened(order: Order, known: readonly StoredNumbers[]): Order {
  if ('begun' in order) return order;
  const { parts, jobs } = order;
  const open = (stack: Stack): Stack => {
    const { file } = stack.array.data as unknown as { readonly file?: number };
    return file === undefined ? stack : { ...stack, array: { ...stack.array, data: known[file] as StoredNumbers } };
  };
  return { parts: { ...parts, prediction: open(parts.prediction), target: open(parts.target) }, jobs };
}
