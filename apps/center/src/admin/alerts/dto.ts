import type { AlertCode, AlertSeverity } from '../../platform/alerts/alert-codes.js';

export class AlertView {
  id: string;
  code: AlertCode;
  severity: AlertSeverity;
  /** What it is about: the id of a campaign, or the name of a part of the center. */
  subject: string;
  /** Figures, as they were last seen. */
  detail: Record<string, string>;
  raisedAt: string;
  /** When it was last seen to be so. */
  seenAt: string;
  /** Null while it is so. */
  clearedAt: string | null;
  /** How long it has been, or was, so. */
  ageSeconds: number;
}

export class AlertsAnswer {
  items: AlertView[];
}
