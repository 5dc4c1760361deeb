/** By what their regions' names begin with (the SDK's own table of partitions); every other region is in `aws`. */
const PARTITIONS: readonly (readonly [prefix: RegExp, id: string, domain: string])[] = [
  [/^cn-/, 'aws-cn', 'amazonaws.com.cn'],
  [/^us-gov-/, 'aws-us-gov', 'amazonaws.com'],
  [/^us-iso-/, 'aws-iso', 'c2s.ic.gov'],
  [/^us-isob-/, 'aws-iso-b', 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'aws-iso-e', 'cloud.adc-e.uk'],
  [/^us-isof-/, 'aws-iso-f', 'csp.hci.ic.gov'],
  [/^eusc-/, 'aws-eusc', 'amazonaws.eu'],
];

/** The closed part of AWS that a region belongs to, and the second part of every ARN there; nobody of one is known in another. */
export function partitionOf(region: string): string {
  return rowOf(region)?.[1] ?? 'aws';
}

/** What the names of services end in there, also in `kms:ViaService`. */
export function serviceDomain(region: string): string {
  return rowOf(region)?.[2] ?? 'amazonaws.com';
}

function rowOf(region: string) {
  return PARTITIONS.find(([prefix]) => prefix.test(region));
}
