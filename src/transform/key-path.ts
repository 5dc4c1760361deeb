/** `$.database.host`, `$.list[0]`, `$['a.b']`: where in a JSON value, in the notation of RFC 9535. */
export function keyPath(path: readonly (string | number)[]): string {
  return `$${path.map(segment).join('')}`;
}

function segment(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `['${part.replaceAll(/['\\]/g, '\\$&')}']`;
}
