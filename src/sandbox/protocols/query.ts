import type { Fields } from '../call.js';
import { bodyText } from './body.js';
import type { Protocol } from './protocol.js';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

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
    const type = error.status < 500 ? 'Sender' : 'Receiver';
    const fault = members({ Type: type, Code: error.code, Message: error.message });
    return xml(
      error.status,
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

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
