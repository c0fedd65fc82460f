import type { MessageKey, Speak, Values } from './messages/speak.js';

/** Where the daemon says what happens: a line for people, or one JSON object for programs. */
export interface Log {
  say(event: MessageKey, values?: Values): void;
}

/** Writes to `out`: `12:34:56 text`, or with `json` `{"time":…,"event":…, …}`. */
export function lineLog(speak: Speak, json: boolean, out: (line: string) => void): Log {
  return {
    say(event, values = {}) {
      const now = new Date();
      if (json) out(JSON.stringify({ time: now.toISOString(), event, ...values }));
      else out(`${now.toTimeString().slice(0, 8)} ${speak(event, shortened(values))}`);
    },
  };
}

/** Plot and lease ids by their first eight characters: enough to tell them apart on a screen. */
function shortened(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) =>
      name.endsWith('Id') && typeof value === 'string' ? [name, value.slice(0, 8)] : [name, value],
    ),
  );
}
