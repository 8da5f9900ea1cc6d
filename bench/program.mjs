// How the program is given data and configuration for the benchmark.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A data folder with so many cases, of which one company has a fiftieth (at least 500). Made once, then used again. */
export async function generate({ program, folder, cases, cluster, say }) {
  const big = Math.max(500, Math.round(cases / 50));
  const data = { cases, folder: path.join(folder, `data-${cases}${cluster ? '-postgres' : ''}`) };
  if (cluster) Object.assign(data, { cluster, database: `bench_${cases}` });
  const done = path.join(data.folder, '.complete');
  if (!fs.existsSync(done)) {
    fs.rmSync(data.folder, { recursive: true, force: true });
    fs.mkdirSync(data.folder, { recursive: true });
    if (cluster) {
      await cluster.drop(data.database);
      await cluster.create(data.database);
    }
    const started = Date.now();
    const made = spawnSync(path.resolve(program), ['generate', ...where(data), '--cases', String(cases), '--big-account', String(big)],
      { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`otklik generate: ${made.stderr}`);
    cluster?.sql(data.database, 'VACUUM ANALYZE');
    fs.writeFileSync(done, `${((Date.now() - started) / 1000).toFixed(1)}`);
  }
  say(`${cases.toLocaleString('en')} cases (${big.toLocaleString('en')} of them of the company looked at) were made in ${fs.readFileSync(done, 'utf8')} s.`);
  return data;
}

/** The options that say which data is meant. */
function where(data) {
  return ['--data', data.folder, ...(data.cluster ? ['--database', data.cluster.url(data.database)] : [])];
}

/** The rows, from the database itself: columns parted by «|». */
export function rows(data, sql) {
  if (data.cluster) return data.cluster.sql(data.database, sql);
  const found = spawnSync('sqlite3', ['-readonly', path.join(data.folder, 'otklik.db'), sql], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (found.status !== 0) throw new Error(`sqlite3: ${found.stderr}`);
  return found.stdout.trim().split('\n');
}

/** The first row. */
export const ask = (data, sql) => rows(data, sql)[0];

const password = 'svetofor-na-rassvete';

/** A customer of the big company. */
export function bigCustomer() {
  return { email: 'bench@example.ru', password };
}

/** A customer of the company whose number of cases is nearest to 500, however many there are in all. */
export function ordinaryCustomer(data) {
  const email = ask(data, `
    SELECT p.email FROM people p
    JOIN (SELECT account_id, sum(count) AS cases FROM case_counts WHERE contact_id = 0 GROUP BY account_id) a
      ON a.account_id = p.account_id
    WHERE p.password_hash <> '' AND p.email <> '${bigCustomer().email}' ORDER BY abs(a.cases - 500), p.id LIMIT 1`);
  return { email, password };
}

/** A configuration file for a run. */
export function configuration({ data, port, threads }) {
  const file = path.join(data.folder, 'bench.toml');
  fs.writeFileSync(file, `
[server]
listen = ["127.0.0.1:${port}"]
network_threads = ${threads}
connections = 20000

[data]
directory = "${data.folder}"
${data.cluster ? `\n[database]\nurl = "${data.cluster.url(data.database)}"\n` : ''}
[log]
requests = false
level = "warning"

[portal]
public_url = "http://127.0.0.1:${port}"
`);
  return file;
}
