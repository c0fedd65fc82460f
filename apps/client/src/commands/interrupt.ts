import type { PauseSwitch } from '#libs/proof-of-space';

/** How a person stops a command that takes long. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C (SIGINT) or SIGTERM; the second ends the process at once. */
  readonly signal: AbortSignal;
  end(): void;
}

/** What a shell is told of a program that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for signals; SIGUSR2 pauses and resumes, where there is such a signal. */
export function onInterrupt(pause: PauseSwitch): Interrupt {
  const control = new AbortController();
  const stop = (signal: keyof typeof EXIT_CODES) => {
    process.exitCode = EXIT_CODES[signal];
    if (control.signal.aborted) process.exit();
    control.abort();
  };
  const toggle = () => (pause.isPaused ? pause.resume() : pause.pause());
  const hasToggle = process.platform !== 'win32';
  process.on('SIGINT', stop).on('SIGTERM', stop);
  if (hasToggle) process.on('SIGUSR2', toggle);
  return {
    signal: control.signal,
    end() {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (hasToggle) process.off('SIGUSR2', toggle);
    },
  };
}
