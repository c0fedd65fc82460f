/** A task that cannot be done here. `cause` is a stable word the center is told. */
export class TaskFailure extends Error {
  constructor(
    readonly word:
      | 'disk_full'
      | 'content_differs'
      | 'piece_hash_mismatch'
      | 'plot_differs'
      | 'plotting_failed'
      | 'k_not_supported'
      | 'not_offered'
      | 'unsupported'
      | 'failed',
    text: string,
    options?: { cause?: unknown },
  ) {
    super(text, options);
    this.name = 'TaskFailure';
  }
}

const words: Record<string, TaskFailure['word']> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  disk_full: 'disk_full',
  plotter_limit: 'k_not_supported',
  plot_not_as_asked: 'plot_differs',
};

/** The failure of anything thrown; a full disk is told apart wherever it happens. */
export function failureOf(error: unknown, otherwise: TaskFailure['word']): TaskFailure {
  if (error instanceof TaskFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  const word = words[String((error as { code?: unknown } | null)?.code)] ?? otherwise;
  return new TaskFailure(word, text, { cause: error });
}
