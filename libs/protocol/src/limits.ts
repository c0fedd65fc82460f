/** Bounds at every door between node and center; both sides check them. */
export const limits = {
  /** Largest socket message except a piece of a plot, in bytes of its JSON. */
  messageBytes: 256 * 1024,
  /** Size of one piece of a plot on the move, in bytes. */
  pieceBytes: 1024 * 1024,
  /** What the transport itself accepts before it drops the connection, in bytes. */
  transportBytes: 4 * 1024 * 1024,
  /** Sub-challenges walked per check (DESIGN: e^-16 of whole plots come up empty). */
  subChallenges: 16,
  /** Plots named in one inventory message. */
  inventoryPlots: 1000,
  /** Time a new connection has to authenticate, in milliseconds; when the center was away, all nodes come at once. */
  authenticateMs: 30_000,
  /** Longest proof of any kind that an answer may carry, in bytes. */
  proofBytes: 16_384,
  pairingCodeLength: 8,
} as const;
