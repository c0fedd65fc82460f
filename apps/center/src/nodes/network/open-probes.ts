import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { CroftError } from '#libs/protocol';
import { Stopwatch } from './stopwatch.js';

/** How long an ended probe is remembered, to say why an answer comes to nothing. */
const REMEMBER_MS = 30_000;

interface OpenProbe {
  nodeId: string;
  /** The only right answer. */
  wanted: string;
  startedUs: number;
  state: 'open' | 'answered' | 'late';
  settle: (us: number | null) => void;
}

export interface Probe {
  id: string;
  /** Microseconds to the right answer; null when none came in time. */
  answered: Promise<number | null>;
}

/**
 * Questions to nodes whose answers are timed. They live where the node's connection lives, and for seconds only: a
 * process that dies forgets them, and what it forgot was not measured.
 */
@Injectable()
export class OpenProbes implements BeforeApplicationShutdown {
  private readonly probes = new Map<string, OpenProbe>();
  private readonly ending = new AbortController();

  constructor(private readonly stopwatch: Stopwatch) {}

  /** The process ends, and with it every connection: what is not answered now says nothing of its node. */
  beforeApplicationShutdown() {
    this.ending.abort();
    for (const { settle } of this.probes.values()) settle(null);
  }

  /** Aborts when no answer will come any more. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  /** Starts the time. */
  open(nodeId: string, wanted: string, timeoutMs: number): Probe {
    const id = randomUUID();
    if (this.ended.aborted) return { id, answered: Promise.resolve(null) };
    const startedUs = this.stopwatch.nowUs();
    const answered = new Promise<number | null>((settle) => {
      this.probes.set(id, { nodeId, wanted, startedUs, state: 'open', settle });
    });
    setTimeout(() => this.end(id), timeoutMs).unref();
    return { id, answered };
  }

  /**
   * Takes a node's answer in. Errors: probe_unknown (also another node's), probe_late, probe_repeated,
   * probe_answer_wrong (the probe stays open for the right one).
   */
  answer(nodeId: string, id: string, given: string): void {
    const us = this.stopwatch.nowUs();
    const probe = this.probes.get(id);
    if (probe?.nodeId !== nodeId) throw new CroftError('probe_unknown');
    if (probe.state === 'late') throw new CroftError('probe_late');
    if (probe.state === 'answered') throw new CroftError('probe_repeated');
    if (given !== probe.wanted) throw new CroftError('probe_answer_wrong');
    probe.state = 'answered';
    probe.settle(Math.max(1, us - probe.startedUs));
  }

  private end(id: string) {
    const probe = this.probes.get(id)!;
    if (probe.state === 'open') {
      probe.state = 'late';
      probe.settle(null);
    }
    setTimeout(() => this.probes.delete(id), REMEMBER_MS).unref();
  }
}
