import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI description of every route. */
export function apiDescription(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Croft center')
    .setDescription(
      'Errors are `{ code, message, details? }` with a stable code. Money is base units as strings.',
    )
    .setVersion('0.1.0')
    .addCookieAuth('croft_session')
    .build();
  return SwaggerModule.createDocument(app, about);
}

/** Serves it at /api/docs (pages) and /api/docs-json. */
export function describeApi(app: INestApplication) {
  SwaggerModule.setup('docs', app, () => apiDescription(app), { useGlobalPrefix: true });
}
