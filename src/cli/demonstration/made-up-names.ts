import { selectsName, type Selection } from '../../core/selection.js';

/** What the demonstration's secrets are called, so that a configuration of people's own has something to do. */
export interface MadeUpNames {
  readonly database: string;
  readonly queue: string;
  readonly token: string;
  readonly certificate: string;
  readonly keystore: string;
}

const USUAL: MadeUpNames = {
  database: 'app/orders/database',
  queue: 'app/orders/queue-url',
  token: 'app/orders/api-token',
  certificate: 'certificates/orders/tls',
  keystore: 'certificates/orders/keystore',
};

/**
 * The usual ones if any of them is selected. Else those of the application are called otherwise, as far as the globs leave room;
 * certificates are not, since rules for an application would refuse them.
 */
export function madeUpNames(select: Selection): MadeUpNames {
  if (Object.values<string>({ ...USUAL }).some((name) => selectsName(select, name))) return USUAL;
  const given = new Set<string>();
  const named = (usual: string) => {
    const ending = usual.slice(usual.indexOf('/') + 1);
    const others = select.include.map((glob) => glob.replace('*', ending).replaceAll('*', '').replaceAll('?', 'x'));
    const name = others.find((one) => selectsName(select, one) && !given.has(one)) ?? usual;
    given.add(name);
    return name;
  };
  return { ...USUAL, database: named(USUAL.database), queue: named(USUAL.queue), token: named(USUAL.token) };
}
