import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { AppModule } from './app.module.js';
import { describeApi } from './platform/api-description.js';
import { Chores } from './platform/chores.js';
import { HttpErrorFilter } from './platform/errors/http-error.filter.js';
import { Log } from './platform/log.js';
import type { Ports } from './platform/platform.module.js';
import { NodeAdapter } from './platform/sockets/node-adapter.js';

const PORTAL = join(dirname(fileURLToPath(import.meta.url)), '../portal/public');
const BODY_LIMIT = '64kb';

/** The portal runs its own scripts only; nothing is loaded from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // kernels of the libs, where a visitor verifies a bundle: WebAssembly, and no other code made at run time
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The whole center, not yet listening. `chores` false leaves the timers to the caller (tests). */
export async function createCenter(
  ports: Ports,
  options: { chores: boolean },
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(ports), {
    logger: new Log(ports.config.LOG_LEVEL === 'debug' ? 'debug' : 'warn'),
    bodyParser: false,
    abortOnError: false,
  });
  app.useWebSocketAdapter(new NodeAdapter(app, ports.config));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.disable('x-powered-by');
  app.set('trust proxy', ports.config.TRUSTED_PROXIES);
  app.use(secureHeaders);
  app.setGlobalPrefix('api');
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
    }),
  );
  app.useGlobalFilters(new HttpErrorFilter(app.get(Log)));
  await describeApi(app);
  servePortal(app);
  if (options.chores) app.get(Chores).start();
  return app;
}

/** Claims are possible with bundles from any mirror; that page alone may read from elsewhere. */
const policyOf = (path: string) =>
  path === '/claim' ? `${CONTENT_SECURITY_POLICY}; connect-src 'self' https: http:` : CONTENT_SECURITY_POLICY;

function secureHeaders(request: Request, response: Response, next: NextFunction) {
  response.set({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
  // the API's own pages need inline scripts; everything else is the portal
  if (!request.path.startsWith('/api/docs')) response.set('content-security-policy', policyOf(request.path));
  if (request.path.startsWith('/api/')) response.set('cache-control', 'no-store');
  next();
}

/** Pages of the portal; any address that is no file is its front page, which knows its own routes. */
function servePortal(app: NestExpressApplication) {
  if (!existsSync(PORTAL)) return;
  app.useStaticAssets(PORTAL, { index: 'index.html' });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const page = request.method === 'GET' && !/^\/(api|socket\.io)(\/|$)/.test(request.path);
    if (page && request.accepts('html')) response.sendFile(join(PORTAL, 'index.html'));
    else next();
  });
}
