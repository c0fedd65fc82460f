import type { PlotterPlan, PlotterProgress } from '#libs/chia';
import { bytesToHex } from '#libs/protocol';
import { formatSize } from '../sizes.js';
import type { CommandIo } from './io.js';

interface Telling {
  json?: boolean;
  dryRun?: boolean;
}

/** What a plot will take. For programs only when it was asked for. */
export function tellPlan(plan: PlotterPlan, { json, dryRun }: Telling, io: CommandIo): void {
  if (json) {
    if (dryRun) io.out(JSON.stringify({ plan }));
    return;
  }
  const size = (bytes: number | null) => (bytes === null ? io.speak('create_unknown') : formatSize(bytes));
  const { plotter, version, threads, buckets, mode, command } = plan;
  const text = io.speak(mode ? `create_plan_${mode}` : 'create_plan_other', {
    plotter: [plotter, version].filter(Boolean).join(' '),
    threads,
    buckets: buckets ?? '',
    memory: size(plan.peakMemoryBytes),
    temp: size(plan.tempBytes),
    temp2: size(plan.temp2Bytes),
    final: size(plan.finalBytes),
    command: command ? [command.executable, ...command.arguments].map(quoted).join(' ') : '',
  });
  if (dryRun) io.out(text);
  else io.err(text);
}

/** As one would type it in a shell. */
const quoted = (text: string) =>
  /^[\w@%+=:,./*-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** For people a line on the error channel for every tenth, for programs a JSON line for every hundredth. */
export function tellProgress({ json }: Telling, io: CommandIo): (progress: PlotterProgress) => void {
  const steps = json ? 100 : 10;
  let told = json ? -1 : 0;
  return ({ phase, fraction, remainingMs }) => {
    const step = Math.floor(fraction * steps);
    if (step <= told) return;
    told = step;
    if (json) return io.out(JSON.stringify({ progress: { phase, fraction, remainingMs } }));
    const left = remainingMs ? io.speak('create_left', { seconds: Math.ceil(remainingMs / 1000) }) : '';
    io.err(`${step * 10} % ${phase}${left}`);
  };
}

export function tellMade(
  made: { file: string; k: number; plotId: Uint8Array; bytes: number; started: number },
  { json }: Telling,
  io: CommandIo,
): void {
  const { file, k, bytes } = made;
  const seconds = Math.round((performance.now() - made.started) / 100) / 10;
  if (json) io.out(JSON.stringify({ file, k, plotId: bytesToHex(made.plotId), bytes, seconds }));
  else io.out(io.speak('create_done', { file, size: formatSize(bytes), seconds }));
}
