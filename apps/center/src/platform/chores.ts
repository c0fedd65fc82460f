import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CENTER_CONFIG, type CenterConfig, type CenterRole } from './config.js';
import { Log } from './log.js';

export interface Chore {
  name: string;
  /** The role whose processes run it. */
  role: CenterRole;
  run(): Promise<void>;
}

/**
 * Chores at work at once. Each holds a connection for its lock and needs another for what it does, and requests need some
 * of the 20 of a process (database/options.ts): with all chores at once nobody would get a second one.
 */
const AT_ONCE = 8;

/**
 * Repeated work of the center. A chore runs in one process at a time (PostgreSQL advisory lock: when its holder dies,
 * another takes over), never overlaps itself, and goes on after an error. Tests leave the timers off and `trigger` it.
 */
@Injectable()
export class Chores implements OnApplicationShutdown {
  private readonly chores = new Map<string, Chore>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private atWork = 0;
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly log: Log,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  register(chore: Chore) {
    this.chores.set(chore.name, chore);
  }

  /** Starts the timers of every chore whose role this process has. */
  start() {
    for (const chore of this.chores.values()) {
      if (this.config.CENTER_ROLES.includes(chore.role)) this.schedule(chore);
    }
  }

  /** Runs a chore once, now, and rejects with its error. */
  async trigger(name: string) {
    const chore = this.chores.get(name);
    if (!chore) throw new Error(`no chore ${name}`);
    await this.running.get(name);
    await this.runOnce(chore);
  }

  async onApplicationShutdown() {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.running.values());
  }

  private schedule(chore: Chore) {
    if (this.stopped) return;
    const next = async () => {
      await this.runOnce(chore).catch((error) => {
        if (!this.stopped) this.log.error(`chore ${chore.name} failed`, error);
      });
      this.schedule(chore);
    };
    this.timers.set(
      chore.name,
      setTimeout(() => void next(), this.config.CHORE_SECONDS * 1000),
    );
  }

  private async runOnce(chore: Chore) {
    const run = this.inTurn(() => this.underLock(chore));
    this.running.set(chore.name, run);
    try {
      await run;
    } finally {
      this.running.delete(chore.name);
    }
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    if (this.atWork === AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.atWork++;
    try {
      if (!this.stopped) await work();
    } finally {
      // the place goes on to who waits longest
      const next = this.waiting.shift();
      if (next) next();
      else this.atWork--;
    }
  }

  private async underLock(chore: Chore) {
    const holder = this.database.createQueryRunner();
    await holder.connect();
    try {
      const [row] = await holder.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [
        `chore:${chore.name}`,
      ]);
      if (!row.held) return;
      try {
        await chore.run();
      } finally {
        await holder.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`chore:${chore.name}`]);
      }
    } finally {
      await holder.release();
    }
  }
}
