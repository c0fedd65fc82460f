import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { NewRatesRequest } from '../../campaigns/dto.js';

export class PreviewRequest extends NewRatesRequest {
  /** How many contributors, 1 … 200, after how many; largest difference first. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  offset?: number;
}

export class PreviewBudget {
  /** What can still be promised now, base units. */
  available: string;
  /** What a day like those replayed promises under the draft if nothing cuts it; null: unknown. */
  perDay: string | null;
  /**
   * When what is available is used up: at the present pace until the draft begins, then at the draft's; null: unknown, or
   * too far away to say.
   */
  endsAt: string | null;
  /** Whether it reaches to the campaign's end; null: unknown. */
  lastsToEnd: boolean | null;
}

export class PreviewRow {
  accountId: string;
  name: string;
  /** Base units: new promises less forfeits, under the draft and as booked. */
  replayed: string;
  booked: string;
  /** replayed − booked, with a sign. */
  difference: string;
}

export class PreviewAnswer {
  /** The time replayed; null when no epoch has closed yet. */
  from: string | null;
  until: string | null;
  epochs: number;
  /** Epochs whose lines the budget of the time would have cut. */
  cutEpochs: number;
  replayed: string;
  booked: string;
  difference: string;
  budget: PreviewBudget;
  contributors: number;
  items: PreviewRow[];
  /** `offset` of the next page; null at the end. */
  next: number | null;
}
