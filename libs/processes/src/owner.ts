import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { isExact, isRunning, processIdentity } from './process-identity.js';

/** Where no boot has a name, a start of the machine is told by clock minus uptime, which agree to some seconds. */
const BOOT_TOLERANCE_MS = 60_000;

/** Who works with something on a disk, written beside it, so that what a killed process left is known for that. */
export interface Owner {
  readonly host: string;
  /** This start of the machine: the kernel's name for it, or when it was (ms since 1970). */
  readonly boot: string | number;
  /** See {@link processIdentity}. */
  readonly process: string;
}

/** This process, or the one with the id given, as an owner. */
export function ownerOf(pid = process.pid): Owner {
  return { host: hostname(), boot: bootName(), process: processIdentity(pid) ?? String(pid) };
}

/**
 * Whether the owner still works. One of another machine counts as alive: only its own machine can tell (a shared
 * folder, another container).
 */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  return isThisBoot(owner.boot) && isRunning(owner.process);
}

/** Whether the owner is certainly that very process, alive, on this machine: only then may it be ended. */
export function isCertainlyAlive(owner: Owner): boolean {
  return owner.host === hostname() && owner.boot === bootName() && isExact(owner.process) && isAlive(owner);
}

/** Whether an owner belongs to this machine and this start of it: what it wrote is not lost with a power cut. */
export const isOfThisBoot = ({ host, boot }: Owner): boolean => host === hostname() && isThisBoot(boot);

function isThisBoot(boot: string | number): boolean {
  const now = bootName();
  if (typeof boot === 'string' || typeof now === 'string') return boot === now;
  return Math.abs(boot - now) < BOOT_TOLERANCE_MS;
}

function bootName(): string | number {
  if (process.platform === 'linux') {
    try {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      // hidden in some containers
    }
  }
  return Math.round(Date.now() - uptime() * 1000);
}
