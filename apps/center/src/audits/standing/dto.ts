import { IsBoolean, IsString, Length } from 'class-validator';
import type { Cause, Stage } from './stages.js';

export class AppealRequest {
  @IsString()
  @Length(1, 4000)
  text: string;
}

export class AppealAnswerRequest {
  @IsString()
  @Length(1, 4000)
  text: string;

  /** Whether the step is undone. */
  @IsBoolean()
  excused: boolean;
}

export class FractionView {
  bps: number;
  lowBps: number;
  highBps: number;
  tries: number;
  proofs: number;
}

export class ConsequenceView {
  id: string;
  nodeId: string;
  nodeName: string;
  from: Stage;
  to: Stage;
  cause: Cause;
  at: string;
  /** When the node goes one stage better if nothing new is found. */
  reviewAt: string | null;
  plotIds: string[];
  checkIds: string[];
  fraction: FractionView | null;
  mayAppeal: boolean;
  appeal: string | null;
  appealedAt: string | null;
  /** Not answered by then, the appeal is granted. */
  answerDueAt: string | null;
  answer: string | null;
  answeredAt: string | null;
  excused: boolean | null;
}

export class ConsequencesPage {
  items: ConsequenceView[];
  next: string | null;
}

export class AppealsAnswer {
  items: ConsequenceView[];
}
