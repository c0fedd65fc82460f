import type { Bee } from '#libs/bee';

/** Injection token of the operator's own Bee node; null when there is none. */
export const BEE = Symbol('BEE');
export type BeePort = Pick<Bee, 'download' | 'upload' | 'stamp'>;
