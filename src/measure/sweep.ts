import { type Case, type Gather, type Job, type Take, viewKey } from '../core/index.ts';
import { distinctViews, first, openCase } from './case.ts';
import { gatherDistances } from './distances.ts';
import { isPortable, measureOf, type Order } from './order.ts';

/** The states of every job, one per image, from one look at all pixels; from a second where some jobs cannot leave this thread. */
export function sweep(source: Case, jobs: readonly Job[]): ReadonlyMap<Job, readonly unknown[]> {
  const { share, blocks } = source;
  const states = new Map(jobs.map((job) => [job, [] as unknown[]]));
  const shared = share === null ? [] : jobs.filter(({ measure }) => isPortable(measure));
  const own = jobs.filter((job) => !shared.includes(job));
  if (own.length > 0) gatherFrom(source, own)(first(blocks), mergeInto(states, source, own));
  if (shared.length > 0) share?.(shared, gatherFrom(source, shared), mergeInto(states, source, shared));
  return states;
}

/** Adds blocks that come in their order to the states of their images. */
function mergeInto(states: ReadonlyMap<Job, unknown[]>, source: Case, jobs: readonly Job[]): Take {
  return (block, gathered) => {
    const image = source.imageAt(block);
    for (const [k, job] of jobs.entries()) {
      const own = states.get(job) as unknown[];
      own[image] ??= job.measure.start(source);
      job.measure.merge(own[image], gathered[k]);
    }
  };
}

/** What another thread does on an order. */
export function gatherOrder(order: Order): Gather {
  if ('begun' in order) return gatherDistances(order);
  const { parts, jobs } = order;
  const { subject, prediction, target, mode, precision } = parts;
  const made = jobs.map(({ recipe, view, needs }): Job => ({ measure: measureOf(recipe), view, needs }));
  return gatherFrom(openCase(subject, prediction, target, mode, precision), made);
}

function gatherFrom(source: Case, jobs: readonly Job[]): Gather {
  const views = distinctViews(jobs.map(({ view }) => view));
  const keys = views.map(viewKey);
  const planned = jobs.map((job) => ({ ...job, at: keys.indexOf(viewKey(job.view)) }));
  return (blocks, take) => {
    let gathered: unknown[] = [];
    /** What stands behind `yield` is done once the tiles of the block have been visited. */
    function* drawn(): Generator<number> {
      for (const block of blocks) {
        gathered = jobs.map(({ measure }) => measure.start(source));
        yield block;
        take(block, gathered);
      }
    }
    source.tiles(
      views,
      (tiles) => {
        planned.forEach(({ measure, at, needs }, k) => {
          const tile = tiles[at];
          if (tile !== undefined) measure.tile(gathered[k], tile, needs);
        });
      },
      { blocks: drawn() },
    );
  };
}
