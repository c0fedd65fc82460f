/** ASCII that stands for itself between quotes: nearly all that is ever written, and told at a glance. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * The canonical text (RFC 8785) of a JSON value: names sorted by UTF-16 code units, nothing between tokens, numbers and
 * strings as ECMAScript writes them. Where a value has no JSON text at all (undefined, a function, a symbol) the answer
 * is undefined, as JSON.stringify's is. Throws TypeError for a number that JSON has no word for.
 *
 * A bundle has millions of records, so one whose names are in order already is left to the engine.
 */
export function canonicalText(value: unknown): string | undefined {
  return isInOrder(value) ? JSON.stringify(value) : textOf(value);
}

/** Whether JSON.stringify writes a value canonically. */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  if ('toJSON' in value) return false;
  let last = '';
  for (const name in value) {
    if (name < last) return false;
    last = name;
    const member = (value as Record<string, unknown>)[name];
    if (typeof member !== 'string' && !isInOrder(member)) return false;
  }
  return true;
}

/** In whatever order it is. */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON value`);
      return String(value);
    case 'object':
      break;
    default:
      return JSON.stringify(value);
  }
  if (value === null) return 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOf(value.toJSON());
  return Array.isArray(value) ? arrayText(value) : objectText(value as Record<string, unknown>);
}

function arrayText(values: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < values.length; i++) text += `${i === 0 ? '' : ','}${textOf(values[i]) ?? 'null'}`;
  return `[${text}]`;
}

function objectText(value: Record<string, unknown>): string {
  const names = Object.keys(value);
  for (let i = 1; i < names.length; i++) {
    if (names[i - 1]! < names[i]!) continue;
    names.sort();
    break;
  }
  let text = '';
  for (const name of names) {
    const member = textOf(value[name]);
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${member}`;
  }
  return `{${text}}`;
}

const quoted = (text: string) => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
