import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { CenterConfig } from './config.js';

const GUESSABLE = 'croft:guessable';
const MINUTE_MS = 60_000;

/** A route where guessing pays (passwords, codes): it has the tighter limit. */
export const Guessable = () => SetMetadata(GUESSABLE, true);

const isGuessable = (context: ExecutionContext) =>
  [context.getHandler(), context.getClass()].some((target) => Reflect.getMetadata(GUESSABLE, target));

/** Requests a minute and caller, for all routes and for guessable ones. */
export const throttling = (config: CenterConfig): ThrottlerModuleOptions => [
  { name: 'all', ttl: MINUTE_MS, limit: config.REQUESTS_PER_MINUTE },
  {
    name: 'guessable',
    ttl: MINUTE_MS,
    limit: config.SIGN_INS_PER_MINUTE,
    skipIf: (context) => !isGuessable(context),
  },
];

/** Limits HTTP callers; nodes' calls have their own budget. */
@Injectable()
export class HttpThrottlerGuard extends ThrottlerGuard {
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(context.getType() !== 'http');
  }
}
