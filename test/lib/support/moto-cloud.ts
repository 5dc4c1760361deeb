import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startMoto } from '../../sandbox/contract/moto.js';

/** Whom moto gives whoever comes without credentials of a role. */
export const MOTO_ACCOUNT = '123456789012';
export const MOTO_REGION = 'us-east-1';
const CDK = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** moto as a cloud to deploy to. Services that the product has no client for are spoken to by plain requests. */
export class MotoCloud {
  private constructor(
    readonly url: string,
    readonly stop: () => void,
  ) {}

  static async start(): Promise<MotoCloud> {
    const moto = await startMoto();
    // With a number for a host, the CDK would not find its bucket.
    return new MotoCloud(moto.url.replace('127.0.0.1', 'localhost'), () => moto.stop());
  }

  /** What a process needs to take this cloud for AWS. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: MOTO_REGION,
    };
  }

  /** Runs the CDK's command line; throws with what it said if it fails. */
  cdk(folder: string, ...given: readonly string[]): void {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...this.environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CDK, '--no-notices', '--ci', ...given], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`cdk ${given.join(' ')} failed: ${stdout}${stderr}`);
  }

  async json(service: string, target: string, body: object): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const answer = await this.#send(service, '/', { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>;
  }

  /** A call of a service whose calls are forms, as XML. */
  async form(service: string, fields: Readonly<Record<string, string>>): Promise<string> {
    const answer = await this.#send(service, '/', { method: 'POST', body: new URLSearchParams(fields) });
    return answer.text();
  }

  async bytes(service: string, path: string): Promise<Uint8Array> {
    const answer = await this.#send(service, path, {});
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** moto reads region and account off the signature's scope and does not verify it. */
  async #send(service: string, path: string, init: RequestInit): Promise<Response> {
    const scope = `any/20260101/${MOTO_REGION}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const headers = { ...(init.headers as Record<string, string> | undefined), authorization };
    const answer = await fetch(new URL(path, this.url), { ...init, headers });
    if (!answer.ok)
      throw new Error(`moto answered ${path} of ${service} with ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
