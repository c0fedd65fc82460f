import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OpenAPIObject, OperationObject, ReferenceObject, SchemaObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from './support/world.js';

type Schema = SchemaObject | ReferenceObject;

const root = join(import.meta.dirname, '..');
const kept = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as OpenAPIObject;

const operations = Object.entries(kept.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, OperationObject>).map(([method, operation]) => ({
    name: `${method} ${path}`,
    operation,
  })),
);

/** Where a schema leaves open what it holds. */
function untyped(schema: Schema | undefined, at: string): string[] {
  if (!schema) return [at];
  if ('$ref' in schema) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    return kept.components?.schemas?.[name] ? [] : [`${at}: no ${name}`];
  }
  if (schema.allOf) return schema.allOf.flatMap((part) => untyped(part, at));
  if (schema.type === 'array') return untyped(schema.items as Schema | undefined, `${at}[]`);
  if (schema.type === 'object') {
    if (schema.additionalProperties) return [];
    const fields = Object.entries(schema.properties ?? {});
    return fields.length > 0 ? fields.flatMap(([name, field]) => untyped(field, `${at}.${name}`)) : [at];
  }
  return ['string', 'number', 'integer', 'boolean'].includes(String(schema.type)) ? [] : [at];
}

describe('docs/openapi.json', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.begin();
  });
  afterAll(() => world.end());

  test('is what the running center serves (else: npm run api-types)', async () => {
    const served = await fetch(`${world.url}/api/docs-json`);
    expect(await served.json()).toEqual(kept);
  });

  test('has every route', () => {
    const { router } = world.app.getHttpAdapter().getInstance() as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    const routes = router.stack
      .flatMap(({ route }) =>
        route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
      )
      .filter((route) => !route.includes(' /api/docs'))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    expect(routes.length).toBeGreaterThan(30);
    expect(operations.map(({ name }) => name).sort()).toEqual(routes.sort());
  });
});

test('the metadata is that of the present types (else: npm run api-types)', async () => {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/api-metadata.mjs'), '--check']);
});

test.each(operations)('$name says what goes in and comes out', ({ operation }) => {
  expect(operation.operationId).toMatch(/^[A-Z]\w+Controller_\w+$/);
  const body = operation.requestBody;
  if (body) {
    const content = 'content' in body ? body.content : {};
    expect(untyped(Object.values(content)[0]?.schema, 'body')).toEqual([]);
  }
  expect(operation.responses).toHaveProperty('default');
  const answers = Object.entries(operation.responses);
  expect(answers.map(([status]) => status).sort()).toEqual([expect.stringMatching(/^20[014]$/), 'default']);
  for (const [status, answer] of answers) {
    const content = answer && 'content' in answer ? answer.content : undefined;
    if (status === '204') expect(content).toBeUndefined();
    else expect(untyped(Object.values(content ?? {})[0]?.schema, status)).toEqual([]);
  }
});

test('every schema says what its fields are', () => {
  const schemas = Object.entries(kept.components?.schemas ?? {});
  expect(schemas.flatMap(([name, schema]) => untyped(schema, name))).toEqual([]);
});

test('operation ids are unique', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});
