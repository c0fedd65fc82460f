import type { INestApplication } from '@nestjs/common';
import {
  DocumentBuilder,
  getSchemaPath,
  type OpenAPIObject,
  type OperationObject,
  type SchemaObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { errorCodes } from '#libs/protocol';
import metadata from '../generated/api-metadata.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** What a route answers when it refuses: see libs/protocol, ErrorBody. */
const errorBody: SchemaObject = {
  type: 'object',
  properties: {
    code: {
      type: 'string',
      enum: Object.keys(errorCodes).sort(),
      description: 'Stable: programs may rely on it.',
    },
    message: { type: 'string', description: 'For people; texts may change.' },
    details: { type: 'object', additionalProperties: true },
  },
  required: ['code', 'message'],
};
const refusal = {
  description: 'Refused; nothing was changed.',
  content: { 'application/json': { schema: { $ref: getSchemaPath('ErrorBody') } } },
};

/** The OpenAPI description of every route, kept as docs/openapi.json. */
export async function apiDescription(app: INestApplication): Promise<OpenAPIObject> {
  // what swc could not know of fields and answers
  await SwaggerModule.loadPluginMetadata(metadata);
  return describe(app);
}

/** Serves it at /api/docs (pages) and /api/docs-json; it is made when first asked for. */
export async function describeApi(app: INestApplication): Promise<void> {
  await SwaggerModule.loadPluginMetadata(metadata);
  SwaggerModule.setup('docs', app, () => describe(app), { useGlobalPrefix: true });
}

function describe(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Croft center')
    .setDescription(
      'Errors are `{ code, message, details? }` with a stable code. Money is base units as strings.',
    )
    .setVersion('0.1.0')
    .addCookieAuth('croft_session')
    .build();
  const api = SwaggerModule.createDocument(app, about);
  api.paths = inOrder(api.paths);
  for (const path of Object.values(api.paths)) {
    for (const method of METHODS) if (path[method]) complete(path[method]);
  }
  api.components!.schemas = inOrder({ ...api.components?.schemas, ErrorBody: errorBody });
  return api;
}

/** What Nest's description of a route leaves out. */
function complete(operation: OperationObject) {
  operation.responses.default = refusal;
  for (const parameter of operation.parameters ?? []) {
    // a field with a default value is a field that may be left out
    if (!('$ref' in parameter) && hasDefault(parameter.schema)) parameter.required = false;
  }
}

const hasDefault = (schema: object | undefined) => schema !== undefined && 'default' in schema;

const inOrder = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
