/**
 * One kind of proof that data is kept. Whoever draws challenges, judges answers or pays for them works with this,
 * and nothing outside a kind assumes what a subject, a proof or their sizes look like.
 *
 * @typeParam Subject what is kept, as both sides know it
 * @typeParam Held what the keeper answers from
 */
export interface StorageProof<Subject, Held> {
  /** The name of the kind in messages and tables. */
  readonly kind: string;
  /** The bytes by which a subject is known: two subjects with the same ones are the same thing kept. */
  identity(subject: Subject): Uint8Array;
  /**
   * Whether a lot (a hash, already bound to subject and round) falls under the round's threshold: its first four
   * bytes, big-endian, against a number from 0 (nobody) to 2^32 (everybody).
   */
  due(lot: Uint8Array, threshold: number): boolean;
  /**
   * The first answer to a challenge (32 bytes), or null when there is none. Rejects when the data is damaged, and
   * with the signal's reason when that is aborted.
   */
  prove(held: Held, challenge: Uint8Array, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** The proof's quality, or null when it is not valid. Never throws. */
  verify(subject: Subject, challenge: Uint8Array, proof: Uint8Array): Uint8Array | null;
  /** How much a subject counts, in the unit of its kind. */
  quantity(subject: Subject): bigint;
}
