import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MoveTask, pieceLength } from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import { contentOf, sha256Hex } from '../plots/content.js';
import { discardPartial, PartialFile } from '../plots/partial-file.js';
import { readPlotFile } from '../plots/plot-folder.js';
import { plotKindOf } from '../plots/plot-kinds.js';
import { formatSize } from '../sizes.js';
import { HANDING_IN, type OnProgress, type TaskContext } from './context.js';
import { isPassing } from './session.js';
import { TaskFailure } from './task-failure.js';

/** Pieces asked for ahead of the one being written. */
const WINDOW = 4;
/** Wrong copies of one piece before the keeper is taken to have a damaged plot. */
const WRONG_PIECES = 5;
/** Times a copy whose content differs is started again from nothing. */
const FRESH_STARTS = 1;

/**
 * Fetches a plot from its keeper through the center and keeps it. Survives restarts at any moment: what was
 * fetched is continued, what is finished is only reported again. Errors: TaskFailure; the signal's reason.
 */
export async function movePlot(
  task: MoveTask,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const { session, folder, log } = context;
  if (!(await isHere(task, context, onProgress, signal))) {
    const name = plotKindOf(task.plotKind).fileName(task.k, new Date(), task.plotId);
    const partialPath = (await folder.unfinished()).get(task.plotId) ?? join(folder.path, `${name}.tmp`);
    try {
      await fetchWhole(task, partialPath, context, onProgress, signal);
      folder.arrived(task.plotId);
    } catch (error) {
      folder.unreserve(task.plotId);
      throw error;
    }
    log.say('move_done', { plotId: task.plotId });
  }
  onProgress(HANDING_IN, 1);
  await session.callUntilAnswered(
    'transfer:done',
    { leaseId: task.leaseId, contentRoot: task.contentRoot },
    signal,
  );
}

/** The plot from an earlier run, when it is the very file; another file of the same plot is no obstacle. */
async function isHere(
  task: MoveTask,
  { folder }: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<boolean> {
  const plot = folder.get(task.plotId);
  if (!plot || plot.plotBytes !== task.plotBytes) return false;
  const content = await contentOf(plot.file, signal, (part) => onProgress('verifying', part)).catch(
    () => null,
  );
  signal.throwIfAborted();
  return content?.contentRoot === task.contentRoot;
}

async function fetchWhole(
  task: MoveTask,
  partialPath: string,
  context: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const { folder, custody, node, log } = context;
  for (let start = 0; start <= FRESH_STARTS; start++) {
    const partial = await PartialFile.open(partialPath, task);
    let closed = false;
    try {
      const offer = { kept: custody.bytes, offered: node.storeBytes };
      if (!(await folder.reserve(task.plotId, task.plotBytes, partial.bytes, offer))) {
        throw new TaskFailure('disk_full', `no room for ${formatSize(task.plotBytes)} in ${folder.path}`);
      }
      const resumed = partial.have > 0 ? ` (${partial.have}/${partial.count})` : '';
      log.say('move_task', { plotId: task.plotId, size: formatSize(task.plotBytes), resumed });
      await fetchPieces(task, partial, context, onProgress, signal);
      if (partial.isComplete()) {
        await checkHeader(task, partialPath);
        const file = partialPath.slice(0, -'.tmp'.length);
        closed = true;
        await partial.finish(file);
        await folder.add(file);
        return;
      }
    } finally {
      if (!closed) await partial.close();
    }
    await discardPartial(partialPath);
  }
  throw new TaskFailure('content_differs', 'the pieces do not make up the registered plot');
}

/** Fetches what is missing: a few pieces on the way at any time, written in order. */
async function fetchPieces(
  task: MoveTask,
  partial: PartialFile,
  { session }: TaskContext,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const coming: Promise<{ bytes: Uint8Array; sha256: string }>[] = [];
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  let next = partial.have;
  try {
    onProgress('fetching', partial.have / partial.count);
    while (partial.have < partial.count) {
      while (coming.length < WINDOW && next < partial.count) {
        const piece = fetchPiece(task, next++, session, both);
        // failures are met when the piece's turn comes
        piece.catch(() => {});
        coming.push(piece);
      }
      const piece = await coming.shift()!;
      signal.throwIfAborted();
      await partial.append(piece.bytes, piece.sha256);
      onProgress('fetching', partial.have / partial.count);
    }
  } finally {
    stop.abort();
  }
}

async function fetchPiece(
  task: MoveTask,
  index: number,
  session: TaskContext['session'],
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array; sha256: string }> {
  let wrong = 0;
  for (let wait = 200; ; wait = Math.min(wait * 2, 5000)) {
    await session.ready(signal);
    try {
      const piece = await session.call('transfer:piece', { leaseId: task.leaseId, index }, 30_000);
      const whole = piece.index === index && piece.bytes.length === pieceLength(task.plotBytes, index);
      if (whole && sha256Hex(piece.bytes) === piece.sha256) return piece;
      if (++wrong >= WRONG_PIECES) {
        throw new TaskFailure('piece_hash_mismatch', `piece ${index} comes damaged`);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TaskFailure) throw error;
      if (codeOf(error) === 'piece_hash_mismatch' && ++wrong >= WRONG_PIECES) {
        throw new TaskFailure('piece_hash_mismatch', textOf(error), { cause: error });
      }
      if (!isPassing(error) && codeOf(error) !== 'piece_hash_mismatch') throw error;
    }
    await sleep(wait * (0.5 + Math.random()), undefined, { signal });
  }
}

async function checkHeader(task: MoveTask, path: string): Promise<void> {
  const plot = await readPlotFile(path, plotKindOf(task.plotKind)).catch((cause) => {
    throw new TaskFailure('plot_differs', textOf(cause), { cause });
  });
  if (plot.plotId !== task.plotId || plot.kind !== task.plotKind || plot.k !== task.k) {
    throw new TaskFailure('plot_differs', 'the file is another plot than the lease names');
  }
}
