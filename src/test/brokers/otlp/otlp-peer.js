// A receiver of OpenTelemetry's protocol over HTTP. Writes each series of a request as a line of JSON:
// name, labels, value: a number, the name of one that JSON has not, or null where the sender says it is gone.
//   node otlp-peer.js <port> <file>
const fs = require('fs');
const {MockOtlpServer} = require('@elastic/mockotlpserver');

const [port, file] = process.argv.slice(2);
// As opentelemetry/proto/metrics/v1/metrics.proto numbers them.
const CUMULATIVE = 2;
const NO_RECORDED_VALUE = 1;

function* series(metric) {
  const data = metric[metric.data];
  if (metric.data === 'sum' && !(data.isMonotonic && data.aggregationTemporality === CUMULATIVE)) {
    throw new Error(`${metric.name}: no cumulative counter`);
  }
  for (const point of data.dataPoints) {
    const labels = Object.fromEntries(point.attributes.map(one => [one.key, one.value.stringValue]));
    const gone = (point.flags & NO_RECORDED_VALUE) !== 0;
    const number = value => (Number.isFinite(Number(value)) ? Number(value) : String(value));
    const one = (name, value, more = {}) =>
      ({name, labels: {...labels, ...more}, value: gone ? null : number(value)});
    if (metric.data === 'summary') {
      yield one(`${metric.name}_count`, point.count);
      yield one(`${metric.name}_sum`, point.sum);
      for (const {quantile, value} of point.quantileValues) {
        yield one(metric.name, value, {quantile: String(quantile)});
      }
    } else {
      yield one(metric.name, point[point.value]);
    }
  }
}

function write(request) {
  const lines = [];
  for (const resource of request.resourceMetrics) {
    for (const scope of resource.scopeMetrics) {
      for (const metric of scope.metrics) {
        for (const one of series(metric)) {
          lines.push(JSON.stringify(one) + '\n');
        }
      }
    }
  }
  fs.appendFileSync(file, lines.join(''));
}

new MockOtlpServer({
  logLevel: 'warn',
  services: ['http'],
  httpHostname: '127.0.0.1',
  httpPort: Number(port),
  onMetrics: write,
}).start();
