import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { holdingTimes } from '#libs/ruleset';
import { AuditFacts } from '../audits/audit-facts.service.js';
import type { Consequence } from '../audits/standing/consequence.entity.js';
import { StandingService } from '../audits/standing/standing.service.js';
import type { Campaign, Epoch } from '../campaigns/campaign.entity.js';
import type { Plot } from '../plots/plot.entity.js';
import type { HeldPartRow } from './held-part.entity.js';

/** As in libs/ruleset held.ts, of which nothing may change. */
const ASKED_IN_VAIN = 60;
/** Plots that one finding is about at most, and checks that it names. */
const PLOTS = 1_000;
const CHECKS = 20;

/**
 * Held parts whose plots nobody has proved for so long that the rules would forfeit them (libs/ruleset, held.ts): that is
 * found, told and open to appeal first, as a loss is.
 */
@Injectable()
export class AbsentParts {
  constructor(
    private readonly audits: AuditFacts,
    private readonly standings: StandingService,
  ) {}

  /** Whether a plot was not proved for so long by a moment. */
  isLong({ provedAt }: HeldPartRow, campaign: Campaign, at: Date): boolean {
    return at.getTime() - provedAt.getTime() > holdingTimes(campaign).absentMs;
  }

  /** What was found of these plots' absence, by plot; one that was proved since, unless it was excused, is over. */
  async of(
    manager: EntityManager,
    rows: readonly HeldPartRow[],
    plots: ReadonlyMap<string, Plot>,
  ): Promise<Map<string, Consequence>> {
    const nodes = [...new Set([...plots.values()].map(({ nodeId }) => nodeId))];
    const found = await this.standings.absences(manager, nodes);
    const byPlot = new Map<string, Consequence>();
    for (const row of found) for (const plot of row.evidence.plots ?? []) byPlot.set(plot, row);
    return new Map(
      rows.flatMap(({ plotRef, provedAt }) => {
        const absence = byPlot.get(plotRef);
        return absence && (absence.excused || absence.at > provedAt) ? [[plotRef, absence] as const] : [];
      }),
    );
  }

  /** Finds plots that are absent by an epoch's end and were asked for in vain often enough, once. */
  async note(
    manager: EntityManager,
    campaign: Campaign,
    epoch: Epoch,
    rows: readonly HeldPartRow[],
    plots: ReadonlyMap<string, Plot>,
  ): Promise<void> {
    const known = await this.of(manager, rows, plots);
    const absent = rows.filter(
      (row) =>
        row.missed >= ASKED_IN_VAIN &&
        this.isLong(row, campaign, epoch.endsAt) &&
        plots.get(row.plotRef)!.state !== 'lost' &&
        !known.has(row.plotRef),
    );
    const byNode = new Map<string, HeldPartRow[]>();
    for (const row of absent) {
      const { nodeId } = plots.get(row.plotRef)!;
      byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), row]);
    }
    for (const [nodeId, parts] of byNode) {
      const checks = await this.audits.ofNodeInEpoch(nodeId, epoch.id, CHECKS);
      for (let i = 0; i < parts.length; i += PLOTS) {
        const some = parts.slice(i, i + PLOTS).map(({ plotRef }) => plotRef);
        await this.standings.found(manager, {
          nodeId,
          accountId: parts[0]!.accountId,
          cause: 'plots_absent',
          weight: 'warning',
          evidence: { plots: some, checks: checks.map(({ id }) => id) },
          // says whose campaign's time an appeal has
          plotRef: some[0]!,
        });
      }
    }
  }
}
