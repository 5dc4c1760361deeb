import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandler } from '../../../src/aws/client-config.js';
import { allows, type Statement } from '../../lib/support/role-policy.js';

interface Request {
  readonly hostname: string;
  readonly body: Uint8Array | string;
}

/** A cloud with IAM in it, which the stand-in lacks: it says what these statements say, or refuses to say anything. */
export function withIam(inner: HttpHandler, statements: readonly Statement[] | undefined): HttpHandler {
  return new Proxy(inner, {
    get: (target, key, receiver) => {
      if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
      return async (...call: Parameters<HttpHandler['handle']>) => {
        const [request] = call as [Request];
        if (!request.hostname.startsWith('iam.')) return target.handle(...call);
        const { status, body } = answer(new URLSearchParams(Buffer.from(request.body).toString()), statements);
        return { response: new HttpResponse({ statusCode: status, headers: {}, body: Buffer.from(body) }) };
      };
    },
  });
}

function answer(form: URLSearchParams, statements: readonly Statement[] | undefined) {
  if (statements === undefined) {
    const error = '<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>';
    return { status: 403, body: `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>` };
  }
  const resource = form.get('ResourceArns.member.1') ?? '';
  const context = Object.fromEntries(
    members(form, 'ContextEntries').map((entry) => [
      form.get(`${entry}.ContextKeyName`) ?? '',
      members(form, `${entry}.ContextKeyValues`).map((value) => form.get(value) ?? ''),
    ]),
  );
  const results = members(form, 'ActionNames').map((member) => {
    const action = form.get(member) ?? '';
    const decision = allows(statements, { action, resource, context }) ? 'allowed' : 'implicitDeny';
    return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
  });
  const result = `<EvaluationResults>${results.join('')}</EvaluationResults><IsTruncated>false</IsTruncated>`;
  return {
    status: 200,
    body: `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult>${result}</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  };
}

/** `<list>.member.1`, `<list>.member.2`, … as far as the form has them. */
function members(form: URLSearchParams, list: string): readonly string[] {
  const numbers = [...form.keys()].flatMap((key) => {
    const rest = key.startsWith(`${list}.member.`) ? key.slice(list.length + '.member.'.length) : '';
    return /^\d+/.exec(rest)?.[0] ?? [];
  });
  return [...new Set(numbers)].map((number) => `${list}.member.${number}`);
}
