// The mails of a running server, as `otklik mail list` tells them.

/** @returns {{to: string, subject: string, text: string, html: string, state: string}[]} oldest first */
export function ledger(server) {
  const done = server.command('mail', 'list', '--data', server.data, '--json');
  if (done.code !== 0) throw new Error(`otklik mail list: ${done.errors || done.output}`);
  return done.output.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
