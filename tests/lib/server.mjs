// The program under test, as a process with a folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { request } from './http.mjs';

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** A port that nobody listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().unref();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export class Server {
  /** @param {{program: string, data: string, log: string, arguments?: string[], patience?: number, engine?: Engine}} options */
  constructor({ program, data, log, args, patience = 60_000, engine = embedded(data) }) {
    Object.assign(this, { program: path.resolve(program), data, log, args, patience, engine, output: '' });
  }

  /** Resolves when it answers. */
  async start() {
    this.port ??= await freePort();
    await (this.made ??= this.engine.make());
    this.base = `http://127.0.0.1:${this.port}`;
    const args = this.args ? this.args(this) : ['demo', '--port', String(this.port), ...this.where()];
    const log = fs.createWriteStream(this.log, { flags: 'a' });
    const child = spawn(this.program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } });
    this.child = child;
    running.add(child);
    this.output = '';
    child.stdout.on('data', (part) => { this.output += part; log.write(part); });
    child.stderr.on('data', (part) => log.write(part));
    this.ended = new Promise((done) => child.on('exit', (code, signal) => { running.delete(child); done({ code, signal }); }));
    const deadline = Date.now() + this.patience;
    for (;;) {
      if (child.exitCode !== null || child.signalCode) {
        throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}: ${this.tail()}`);
      }
      try {
        const answer = await request(this.base, { path: '/health', timeout: 2000 });
        if (answer.status === 200) return this;
      } catch { /* not listening yet */ }
      if (Date.now() > deadline) throw new Error(`the server did not answer in ${this.patience / 1000} s: ${this.tail()}`);
      await sleep(20);
    }
  }

  /** Ends it as an operator would. */
  async stop() {
    if (!this.child || this.child.exitCode !== null) return { code: this.child?.exitCode };
    this.child.kill('SIGTERM');
    const late = sleep(30_000).then(() => 'late');
    const how = await Promise.race([this.ended, late]);
    if (how === 'late') { await this.kill(); throw new Error('the server did not stop in 30 s'); }
    return how;
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Runs another command of the program on the same data. */
  command(...args) {
    const done = spawnSync(this.program, args, { encoding: 'utf8', timeout: 60_000 });
    return { code: done.status, output: done.stdout, errors: done.stderr };
  }

  /** The options that say which data is meant. */
  where() { return ['--data', this.data, ...this.engine.options]; }

  /** Runs SQL on the database of a server that is not running. */
  sql(text) { return this.engine.sql(text); }

  /** Gives back what its data takes, once it has ended. */
  async discard() {
    if (!process.env.KEEP) await this.engine.drop();
  }

  tail() {
    try { return fs.readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-12).join('\n'); } catch { return '(no log)'; }
  }
}

/** A folder for one run, removed at the end unless KEEP is set. */
export function workFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `otklik-${name}-`));
  if (!process.env.KEEP) process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The database in the data folder itself. */
function embedded(data) {
  return {
    make: async () => {},
    drop: async () => {},
    options: [],
    sql(text) {
      const done = spawnSync('sqlite3', [path.join(data, 'otklik.db'), text], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr}`);
      return done.stdout.trimEnd().split('\n');
    },
  };
}

/** A database of a cluster (lib/postgres.mjs), made when it is first needed. */
function onCluster(cluster, database, template) {
  return { make: () => cluster.create(database, template), drop: () => cluster.drop(database), options: ['--database', cluster.url(database)], sql: (text) => cluster.sql(database, text) };
}

/** Demo data made once; each test works on a copy. */
export class Seed {
  /** With a cluster, each copy also has a database of its own there. */
  constructor({ program, folder, patience, cluster }) { Object.assign(this, { program, folder, patience, cluster, copies: 0 }); }

  async make() {
    this.data = path.join(this.folder, 'seed');
    fs.mkdirSync(this.data, { recursive: true });
    const server = new Server({ program: this.program, data: this.data, log: path.join(this.folder, 'seed.log'), patience: this.patience, engine: this.#engine('seed') });
    await server.start();
    this.output = server.output;
    const how = await server.stop();
    if (how.code !== 0) throw new Error(`the server ended with ${how.code ?? how.signal}: ${server.tail()}`);
    return this;
  }

  /** A server on a fresh copy, not started yet. */
  server() {
    const name = `copy-${++this.copies}`;
    const data = path.join(this.folder, name);
    fs.cpSync(this.data, data, { recursive: true });
    return new Server({ program: this.program, data, log: path.join(this.folder, `${name}.log`), patience: this.patience, engine: this.#engine(`copy_${this.copies}`, 'seed') });
  }

  #engine(database, template) {
    return this.cluster && onCluster(this.cluster, database, template);
  }
}
