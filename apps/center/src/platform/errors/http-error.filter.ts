import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { Log } from '../log.js';
import { statusOf, toCroftError } from './error-mapping.js';

/** Every HTTP error leaves as `{ code, message, details? }`. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost) {
    const error = toCroftError(thrown);
    if (error.code === 'internal') this.log.error('request failed', error.cause ?? thrown);
    host.switchToHttp().getResponse<Response>().status(statusOf(error.code)).json(error.toBody());
  }
}
