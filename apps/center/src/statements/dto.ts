import { IsIn, IsUUID, Matches } from 'class-validator';
import { type StatementFormat, statementFormats } from './statement.js';

const DAY = /^20\d\d-\d\d-\d\d$/;

export class StatementQuery {
  @IsUUID()
  campaignId: string;

  /** UTC day, YYYY-MM-DD. */
  @Matches(DAY)
  from: string;

  /** UTC day, in it too; at most 366 days. */
  @Matches(DAY)
  to: string;

  @IsIn(statementFormats)
  format: StatementFormat;
}
