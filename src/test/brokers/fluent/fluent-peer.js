// A receiver of Fluentd's forward protocol. Writes each entry as a line of JSON: tag, time, record.
//   node fluent-peer.js <port> <file> <shared key> <user:password> <pem file of key and certificates>
// An argument that is empty is not used.
const fs = require('fs');
const {FluentServer, EventTime} = require('@fluent-org/logger');

const [port, file, sharedKey, user, pem] = process.argv.slice(2);
const options = {listenOptions: {host: '127.0.0.1', port: Number(port)}};
if (sharedKey) {
  const [name, password] = user.split(':');
  options.security = {
    serverHostname: 'peer',
    sharedKey,
    authorize: user !== '',
    userDict: user ? {[name]: password} : {},
  };
}
if (pem) {
  const text = fs.readFileSync(pem);
  options.tlsOptions = {key: text, cert: text};
}
const server = new FluentServer(options);
server.on('entry', (tag, time, record) => {
  const at = time instanceof EventTime ? [time.epoch, time.nano] : [time];
  fs.appendFileSync(file, JSON.stringify({tag, time: at, record}) + '\n');
});
process.on('SIGTERM', () => server.close().then(() => process.exit(0)));
server.listen();
