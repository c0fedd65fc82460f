import type { BigIntStats } from 'node:fs';
import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Disks, readsAtOnceFor } from '../disk/disks.js';
import { PlotFormatError } from '../errors.js';
import type { PlotSource } from './source.js';

/** A disk that sleeps takes some ten seconds to spin up; a round's answer has twenty. */
const READ_TIMEOUT_MS = 15_000;

/** libuv's default when the environment does not say otherwise. */
const DEFAULT_POOL_THREADS = 4;

/** Opening a pipe must not wait for its writer. Windows has no such flag, nor such pipes in folders. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const disksOfProcess = new Disks({
  readsAtOnce: readsAtOnceFor(Number(process.env.UV_THREADPOOL_SIZE) || DEFAULT_POOL_THREADS),
  timeoutMs: READ_TIMEOUT_MS,
});

/**
 * A source over a plot file, with one file handle until it is closed. Its reads share the lane of the disk it lies
 * on with all other sources of `disks`.
 *
 * @throws PlotFormatError `plot_gone`, `plot_timeout`, or `plot_unreadable` when it cannot be opened or is no file
 */
export async function fileSource(path: string, disks: Disks = disksOfProcess): Promise<PlotSource> {
  // The device is not known yet, and asking for it may hang as well: files of one folder share their fate.
  const lane = disks.lane(`folder ${dirname(path)}`);
  let abandoned = false;
  try {
    const { handle, stats } = await lane.run({}, async () => {
      const opened = await openFile(path);
      if (abandoned) await opened.handle.close();
      return opened;
    });
    return new FileSource(path, handle, stats, disks);
  } catch (error) {
    abandoned = true;
    throw error;
  }
}

async function openFile(path: string): Promise<{ handle: FileHandle; stats: BigIntStats }> {
  const handle = await open(path, OPEN_FLAGS).catch((cause) => {
    throw failure(path, 'opened', cause);
  });
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return { handle, stats };
    throw new PlotFormatError('plot_unreadable', `${path} is not a file`, { path });
  } catch (error) {
    await handle.close().catch(() => {});
    throw error instanceof PlotFormatError ? error : failure(path, 'opened', error);
  }
}

class FileSource implements PlotSource {
  readonly size: number;
  readonly device: string;
  private readonly lane;
  private readonly pending = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly opened: BigIntStats,
    disks: Disks,
  ) {
    this.size = Number(opened.size);
    this.device = `device ${opened.dev}`;
    this.lane = disks.lane(this.device);
  }

  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.lane.run(this, () => this.noted(this.fill(offset, length)), signal);
  }

  async check(signal?: AbortSignal): Promise<void> {
    const now = await this.lane
      .run(this, () => this.noted(stat(this.path, { bigint: true })), signal)
      .catch((cause) => {
        throw failure(this.path, 'looked at', cause);
      });
    const { path, opened } = this;
    if (now.ino === opened.ino && now.dev === opened.dev && now.size < opened.size) {
      throw new PlotFormatError('plot_truncated', `${path} has been cut short`, {
        path,
        size: Number(now.size),
      });
    }
    const same = (['ino', 'dev', 'size', 'mtimeNs'] as const).every((name) => now[name] === opened[name]);
    if (!same) throw new PlotFormatError('plot_replaced', `${path} is another file than before`, { path });
  }

  /** Waits for reads in progress, but no longer than one may take: a stalled one closes the file when it ends. */
  close(): Promise<void> {
    if (this.closing) return this.closing;
    const closed = Promise.allSettled(this.pending)
      .then(() => this.handle.close())
      .catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      if (this.lane.stalled) resolve();
      else timer = setTimeout(resolve, this.lane.timeoutMs);
    });
    this.closing = Promise.race([closed, patience]).finally(() => clearTimeout(timer));
    return this.closing;
  }

  private noted<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => {}).finally(() => this.pending.delete(settled));
    this.pending.add(settled);
    return work;
  }

  private async fill(offset: number, length: number): Promise<Uint8Array> {
    if (this.closing) throw new PlotFormatError('plot_unreadable', `${this.path} has been closed`);
    const buffer = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled === length ? buffer : buffer.subarray(0, filled);
  }
}

function failure(path: string, what: string, cause: unknown): unknown {
  const errno = (cause as NodeJS.ErrnoException | null)?.code;
  if (cause instanceof PlotFormatError || errno === undefined) return cause;
  if (errno === 'ENOENT')
    return new PlotFormatError('plot_gone', `${path} is not there`, { path }, { cause });
  return new PlotFormatError(
    'plot_unreadable',
    `${path} could not be ${what}: ${errno}`,
    { path, errno },
    { cause },
  );
}
