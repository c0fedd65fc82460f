/** Where a node stands. `suspended`: what it keeps goes on being checked and paid, but it gets no new work. */
export const stages = ['active', 'notice', 'suspended', 'probation'] as const;
export type Stage = (typeof stages)[number];

/** What moved it. The last three lead back. */
export const causes = ['plot_lost', 'plots_absent', 'kept_in_part', 'time_passed', 'appeal_granted'] as const;
export type Cause = (typeof causes)[number];

/** `warning`: something is wrong. `grave`: so much that it does not go on like this. */
export type Weight = 'warning' | 'grave';

const DAY_MS = 86_400_000;

/** How long each stage lasts when nothing new is found. */
export const stageMs: Record<Stage, number | null> = {
  active: null,
  notice: 7 * DAY_MS,
  suspended: DAY_MS,
  probation: 7 * DAY_MS,
};

/** Nobody is suspended before having had this long to act on a notice. */
export const NOTICE_FIRST_MS = DAY_MS;

/** The stage after something bad, or null when the node stays where it is. Always a notice first. */
export function afterFinding(stage: Stage, weight: Weight, sinceMs: number): Stage | null {
  switch (stage) {
    case 'active':
      return 'notice';
    case 'notice':
      return weight === 'grave' && sinceMs >= NOTICE_FIRST_MS ? 'suspended' : null;
    case 'probation':
      return 'suspended';
    case 'suspended':
      return null;
  }
}

/** The stage after a time without anything new: every stage leads back by itself. */
export function afterCalm(stage: Stage): Stage | null {
  switch (stage) {
    case 'notice':
    case 'probation':
      return 'active';
    case 'suspended':
      return 'probation';
    case 'active':
      return null;
  }
}
