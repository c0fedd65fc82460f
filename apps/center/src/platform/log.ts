import { Injectable, type LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/** Structured log lines on standard output; also what Nest itself logs through. */
@Injectable()
export class Log implements LoggerService {
  private readonly logger: Logger;

  constructor(level: string) {
    this.logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  }

  log(message: string, context?: unknown) {
    this.logger.info(fields(context), message);
  }
  error(message: string, cause?: unknown) {
    this.logger.error(fields(cause), message);
  }
  warn(message: string, context?: unknown) {
    this.logger.warn(fields(context), message);
  }
  debug(message: string, context?: unknown) {
    this.logger.debug(fields(context), message);
  }
}

function fields(context: unknown): object {
  if (context instanceof Error) return { err: context };
  return typeof context === 'object' && context !== null ? context : { context };
}
