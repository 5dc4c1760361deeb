import type { Fields } from '../call.js';
import { bodyText } from './body.js';
import type { Protocol } from './protocol.js';
import { escaped } from './xml-text.js';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Faults of the request itself bear shorter names and status 403 in this protocol; JSON services answer them with 400. */
const COMMON: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  MissingAuthenticationTokenException: { code: 'MissingAuthenticationToken', status: 403 },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  InternalServiceError: { code: 'InternalFailure', status: 500 },
};

/** AWS Query: a form in, XML out. Only STS speaks it here, so members are texts and structures. */
export const queryProtocol: Protocol = {
  operation: (request) => new URLSearchParams(bodyText(request)).get('Action') ?? '',
  decode: (request) => Object.fromEntries(new URLSearchParams(bodyText(request))),
  encode: (output, operation, requestId) =>
    xml(
      200,
      requestId,
      `<${operation}Response xmlns="${NAMESPACE}"><${operation}Result>${members(output)}</${operation}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    ),
  encodeError: (error, requestId) => {
    const { code, status } = COMMON[error.code] ?? error;
    const fault = members({ Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: error.message });
    return xml(
      status,
      requestId,
      `<ErrorResponse xmlns="${NAMESPACE}"><Error>${fault}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  },
};

function xml(status: number, requestId: string, text: string) {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: Buffer.from(text),
  };
}

function members(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `<${key}>${typeof value === 'object' ? members(value as Fields) : escaped(`${value as string | number}`)}</${key}>`,
    )
    .join('');
}
