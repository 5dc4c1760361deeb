export interface FoundSecret {
  /** From 1. */
  readonly line: number;
  readonly kind: string;
}

/** Shapes by their issuers' own documentation. Each asks for the random part, so that prose about them is not found. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'an access key id of AWS': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
  'a secret access key of AWS': /aws_?secret_?access_?key["'\s:=]+[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  'a private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]{0,4}[A-Za-z0-9+/=]{40}/g,
  'a token of GitHub': /\b(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})/g,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/g,
  'a token of Slack': /\bxox[abeprs]-[A-Za-z0-9-]{20}/g,
  'a key of Google': /\bAIza[A-Za-z0-9_-]{35}/g,
  'a live key of Stripe': /\b[rs]k_live_[A-Za-z0-9]{24}/g,
  'a JSON web token': /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20}/g,
};

/** AWS's documentation ends its made-up keys so. */
const MADE_UP = /EXAMPLE/;

/** Where a text holds something of a credential's shape. */
export function findSecrets(text: string): readonly FoundSecret[] {
  return Object.entries(SHAPES).flatMap(([kind, shape]) =>
    [...text.matchAll(shape)]
      .filter(([match]) => !MADE_UP.test(match))
      .map(({ index }) => ({ line: text.slice(0, index).split('\n').length, kind })),
  );
}
