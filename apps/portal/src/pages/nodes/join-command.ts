/** What the new node is to do. */
export interface JoinPlan {
  store: boolean;
  plot: boolean;
  /** Such as 500GB. */
  size: string;
  path: string;
  /** Empty: next to the plots. */
  temp: string;
}

/** A number and a unit, as `croft join --store` reads it. */
export function isSize(text: string): boolean {
  return /^\d+(\.\d+)?\s*([kKMGTP]i?B?|B)$/.test(text.trim());
}

/** A word for a terminal. Double quotes hold in sh, PowerShell and cmd alike; what cannot be quoted everywhere is left out. */
function word(text: string): string {
  const clean = text.trim().replace(/["`$\r\n]/g, '');
  return /^[\w@%+=:,./\\~-]+$/.test(clean) ? clean : `"${clean}"`;
}

/** The command that joins a computer to the center. */
export function joinCommand(origin: string, code: string, plan: JoinPlan): string {
  const parts = ['npx croft join', origin, '--code', code];
  if (plan.store) parts.push('--store', plan.size.trim().replace(/\s+/g, ''));
  parts.push('--path', word(plan.path || '/where/to/keep'));
  if (plan.plot) parts.push('--plot');
  if (plan.plot && plan.temp.trim()) parts.push('--temp', word(plan.temp));
  return parts.join(' ');
}

export const runCommand = 'npx croft run';
