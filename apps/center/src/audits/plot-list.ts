import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../platform/paging.js';
import { PlotsService } from '../plots/plots.service.js';
import { AuditFacts, noVerdicts } from './audit-facts.service.js';
import type { PlotsPage } from './dto.js';

/** Plots with their checks, as their people see them. */
@Injectable()
export class PlotList {
  constructor(
    private readonly plots: PlotsService,
    private readonly facts: AuditFacts,
  ) {}

  async page(accountId: string, query: PageQuery): Promise<PlotsPage> {
    const { items: rows, next, keepers } = await this.plots.ofAccount(accountId, query);
    const refs = rows.map((plot) => plot.id);
    const [last, counts] = await Promise.all([this.facts.lastByPlot(refs), this.facts.byPlot(refs)]);
    const items = rows.map((plot) => {
      const keeper = keepers.get(plot.id);
      const keptByMe = keeper?.accountId === accountId;
      const check = last.get(plot.id);
      return {
        id: plot.id,
        plotId: plot.plotId,
        kind: plot.kind,
        k: plot.k,
        plotBytes: plot.plotBytes,
        state: plot.state,
        campaignId: plot.campaignId,
        nodeId: keptByMe ? keeper.nodeId : null,
        keptByMe,
        plottedByMe: plot.accountId === accountId,
        registeredAt: plot.registeredAt.toISOString(),
        acceptedAt: plot.acceptedAt?.toISOString() ?? null,
        lastCheck: check ? { verdict: check.verdict!, at: check.sentAt.toISOString() } : null,
        checks: counts.get(plot.id) ?? noVerdicts(),
      };
    });
    return { items, next };
  }
}
