// The center is compiled by swc, which sees one file at a time and cannot know the types of fields. Here TypeScript
// reads them, and the comments, into apps/center/src/generated/api-metadata.ts, from which @nestjs/swagger makes
// schemas. With `--check` nothing is written: the exit code says whether that file is up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';
import ts from 'typescript';
import { filesBelow } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'apps/center/src');
export const METADATA_FILE = join(source, 'generated/api-metadata.ts');

const { factory } = ts;
const property = (name, value) => factory.createPropertyAssignment(factory.createStringLiteral(name), value);

/** The compiler gives the members of a union in an order that changes with unrelated code: enums are sorted. */
function enumsInOrder(node) {
  if (!ts.isPropertyAssignment(node) || node.name.text !== 'enum')
    return ts.visitEachChild(node, enumsInOrder, undefined);
  const members = [...node.initializer.elements].sort((a, b) => (a.text < b.text ? -1 : 1));
  return property('enum', factory.createArrayLiteralExpression(members));
}

/** Expressions as they are, plain objects as literals of them. */
function literal(value) {
  if (typeof value.kind === 'number') return enumsInOrder(value);
  return factory.createObjectLiteralExpression(
    Object.entries(value).map(([name, inner]) => property(name, literal(inner))),
    true,
  );
}

/** `[import("…"), { Class: … }]` for every file, as SwaggerModule.loadPluginMetadata takes them. */
const fileList = (files) =>
  factory.createArrayLiteralExpression(
    files.map(([imported, classes]) =>
      factory.createArrayLiteralExpression([imported, literal(classes)], false),
    ),
    true,
  );

function parse() {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const files = filesBelow(source, (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));
  return { files, program: ts.createProgram(files, options) };
}

/** The module's text. It imports what it describes relative to its own place. */
export function apiMetadata() {
  const visitor = new ReadonlyVisitor({
    introspectComments: true,
    classValidatorShim: true,
    dtoFileNameSuffix: ['dto.ts', 'requests.ts', 'answers.ts', 'paging.ts'],
    controllerFileNameSuffix: ['.controller.ts'],
    pathToSource: dirname(METADATA_FILE),
  });
  const { files, program } = parse();
  for (const file of files) visitor.visit(program, program.getSourceFile(file));
  const { models, controllers } = visitor.collect();
  const described = factory.createObjectLiteralExpression(
    [property('models', fileList(models)), property('controllers', fileList(controllers))],
    true,
  );
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  const blank = ts.createSourceFile('api-metadata.ts', '', ts.ScriptTarget.Latest);
  const imports = Object.entries(visitor.typeImports)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, expression]) => `    ${JSON.stringify(path)}: ${expression},\n`);
  return [
    '// Written by scripts/api-metadata.mjs from the types and comments of controllers and DTOs.\n',
    'export default async () => {\n',
    `  const t = {\n${imports.join('')}  };\n`,
    `  return { ${JSON.stringify(visitor.key)}: `,
    printer.printNode(ts.EmitHint.Expression, described, blank),
    ' };\n};\n',
  ].join('');
}

export function writeApiMetadata() {
  mkdirSync(dirname(METADATA_FILE), { recursive: true });
  writeFileSync(METADATA_FILE, apiMetadata());
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  if (!process.argv.includes('--check')) writeApiMetadata();
  else if (readFileSync(METADATA_FILE, 'utf8') !== apiMetadata()) {
    console.error('apps/center/src/generated/api-metadata.ts is not up to date: run npm run api-types');
    process.exitCode = 1;
  }
}
