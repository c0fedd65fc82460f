import { IsBoolean, IsString, Length } from 'class-validator';
import type { RoundKind, Verdict } from '#libs/protocol';
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

/** A check that a step rests on, with all that was signed about it. */
export class EvidenceCheckView {
  id: string;
  roundId: string;
  roundIndex: number;
  roundKind: RoundKind;
  plotId: string;
  beacon: string;
  sentAt: string;
  deadlineAt: string;
  /** Null: not closed yet. */
  verdict: Verdict | null;
  /** Not answered while the node was heard of. */
  withheld: boolean;
  receivedAt: string | null;
  subIndex: number | null;
  proof: string | null;
  /** The node's signature over its answer; hex. */
  answerSignature: string | null;
  /** The center's over its receipt; hex. */
  receiptSignature: string | null;
}

export class EvidenceAnswer {
  items: EvidenceCheckView[];
}
