/** One datum as it was put: `values[i]` was seen `counts[i]` times. */
export interface MetricPoint {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly unit: string;
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

/** Every data point that was put, in order. */
export class Metrics {
  #points: MetricPoint[] = [];

  add(point: MetricPoint): void {
    this.#points.push(point);
  }

  /** All points, or those of one namespace. */
  points(namespace?: string): readonly MetricPoint[] {
    return namespace === undefined ? this.#points : this.#points.filter((point) => point.namespace === namespace);
  }

  clear(): void {
    this.#points = [];
  }
}
