// A private PostgreSQL cluster: a folder, a socket in it, no port, no password.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { sleep } from './server.mjs';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGQUIT')));

// The server refuses to run as root.
const asUser = process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'] : [];

/** The folder of the server's programs, which Debian keeps out of the path. */
function programs() {
  const root = '/usr/lib/postgresql';
  const versions = fs.existsSync(root) ? fs.readdirSync(root).sort((a, b) => b - a) : [];
  if (!versions.length) throw new Error(`no PostgreSQL in ${root} (Debian package postgresql-15)`);
  return path.join(root, versions[0], 'bin');
}

export class Cluster {
  /** @param {{folder: string, settings?: Object<string, string>}} options settings as in postgresql.conf */
  constructor({ folder, settings = {} }) {
    Object.assign(this, { folder: path.join(folder, 'postgres'), settings });
    this.data = path.join(this.folder, 'data');
    this.log = path.join(this.folder, 'log');
  }

  /** Makes it where it is not there yet, and resolves when it answers. */
  async start() {
    if (!fs.existsSync(this.data)) this.#make();
    const settings = { listen_addresses: '', unix_socket_directories: this.folder, max_connections: '200', ...this.settings };
    const log = fs.openSync(this.log, 'a');
    const [command, ...args] = [...asUser, path.join(programs(), 'postgres'), '-D', this.data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = spawn(command, args, { stdio: ['ignore', log, log] });
    fs.closeSync(log);
    this.child = child;
    running.add(child);
    this.ended = new Promise((done) => child.on('exit', () => { running.delete(child); done(); }));
    for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL does not start: ${fs.readFileSync(this.log, 'utf8').slice(-2000)}`);
      if (this.#psql('postgres', 'SELECT 1').status === 0) return this;
    }
  }

  /** Ends it; clients are cut off. */
  async stop() {
    this.child?.kill('SIGINT');
    await this.ended;
  }

  /** What the program is told to connect to a database. */
  url(database) { return `host=${this.folder} user=otklik dbname=${database}`; }

  /** Resolves when the database is there; several may be made at once. */
  create(database, template = 'template0') { return this.#later(`CREATE DATABASE ${database} TEMPLATE ${template}`); }

  drop(database) { return this.#later(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`); }

  #later(text) {
    return new Promise((resolve, reject) => {
      const [command, args] = this.#command('postgres', text);
      const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let errors = '';
      child.stderr.on('data', (part) => (errors += part));
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`psql: ${errors}`))));
    });
  }

  /** Runs SQL; gives the first column of its rows. */
  sql(database, text) {
    const done = this.#psql(database, text);
    if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
    return done.stdout.trimEnd().split('\n');
  }

  #make() {
    fs.mkdirSync(this.folder, { recursive: true });
    if (asUser.length) {
      // Its user must get through the folders above, which are nobody's business otherwise.
      for (let above = path.dirname(this.folder); above.startsWith('/tmp/'); above = path.dirname(above)) fs.chmodSync(above, 0o711);
      const chown = spawnSync('chown', ['postgres:postgres', this.folder], { encoding: 'utf8' });
      if (chown.status !== 0) throw new Error(`chown: ${chown.stderr}`);
    }
    const [command, ...args] = [...asUser, path.join(programs(), 'initdb'), '-D', this.data, '--auth=trust', '--encoding=UTF8',
      '--locale=C.UTF-8', '--username=otklik', '--no-sync'];
    const done = spawnSync(command, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`initdb: ${done.stderr}`);
  }

  #psql(database, text) {
    const [command, args] = this.#command(database, text);
    return spawnSync(command, args, { encoding: 'utf8' });
  }

  #command(database, text) {
    return [path.join(programs(), 'psql'), ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', this.folder, '-U', 'otklik', '-d', database, '-c', text]];
  }
}

/** A folder in memory where there is room for many small databases, else the one given. */
export function quickFolder(folder) {
  const memory = '/dev/shm';
  const { bavail, bsize } = fs.existsSync(memory) ? fs.statfsSync(memory) : { bavail: 0, bsize: 0 };
  if (bavail * bsize < 2 ** 30) return folder;
  const made = fs.mkdtempSync(path.join(memory, 'otklik-'));
  fs.chmodSync(made, 0o711);
  if (!process.env.KEEP) process.on('exit', () => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Settings that make it quick and unsafe: for what is thrown away. */
export const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB', autovacuum: 'off' };
