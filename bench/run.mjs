// Measures the program beside nginx serving the very same bytes, with the same client on the same machine.
//
//   bin/bench [--program build/release/otklik] [--cases 1000000] [--seconds 8] [--quick] [--keep] [--only WORD]
//             [--engine postgres]
//
// Prints a table and writes it to bench/results/. Data is generated once into build/bench/ and used again.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, sleep } from '../tests/lib/server.mjs';
import { request } from '../tests/lib/http.mjs';
import { Visitor } from '../tests/lib/visitor.mjs';
import { Cluster } from '../tests/lib/postgres.mjs';
import { ask, bigCustomer, configuration, generate, ordinaryCustomer } from './program.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: 'build/release/otklik' },
    cases: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '8' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    engine: { type: 'string', default: 'sqlite' },
    out: { type: 'string', default: path.join(here, 'results') },
  },
});
const seconds = options.quick ? 2 : Number(options.seconds);
const cases = options.quick ? 20_000 : Number(options.cases);
const folder = path.resolve('build/bench');
fs.mkdirSync(folder, { recursive: true });

const lines = [];
const say = (line = '') => { console.log(line); lines.push(line); };

say(`# ${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} cores (${os.cpus()[0].model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB`);
say();
say(`\`bin/bench --cases ${cases} --seconds ${seconds}\`, commit ${spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()}, ` +
  `${spawnSync('wrk', ['-v'], { encoding: 'utf8' }).stdout.split('\n')[0].split(' [')[0]}, ${spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr.trim().split(': ')[1]}`);
say();

// As an operator would run it: what is acknowledged is durable.
const cluster = options.engine === 'postgres' ? await new Cluster({ folder, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } }).start() : undefined;
const big = await generate({ program: options.program, folder, cases, cluster, say });
const small = await generate({ program: options.program, folder, cases: Math.min(10_000, cases), cluster, say });
say();

// Nothing that was started stays when something goes wrong.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const keep = (child) => {
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
};

const wanted = (name) => !options.only || name.includes(options.only);
const ratios = new Map();
for (const threads of [1, os.cpus().length]) {
  say(`## ${threads === 1 ? 'One server thread' : `${threads} server threads`}, ${cases.toLocaleString('en')} cases, 16 connections`);
  say();
  say('| page | bytes | requests/s | p50 ms | p99 ms | CPU µs/request | nginx requests/s | ratio |');
  say('|---|---|---|---|---|---|---|---|');
  await withProgram(big, threads, async (program) => {
    for (const page of await pagesOf(program)) {
      if (!wanted(page.name)) continue;
      const floor = await floorOf(page, threads);
      const ours = await load(program, page, 16);
      const ratio = ours.rate / floor.rate;
      ratios.set(`${page.name}, ${threads}`, ratio);
      say(`| ${page.name} | ${page.body.length} | ${whole(ours.rate)} | ${ours.p50} | ${ours.p99} | ${ours.cpu} | ${whole(floor.rate)} | ${ratio.toFixed(2)} |`);
    }
    say();
    say(`Memory after this: ${memory(program.pid)} MB.`);
    say();
  });
}

if (wanted('growth')) {
  say(`## The same pages with ${cases.toLocaleString('en')} and with ${small.cases.toLocaleString('en')} cases, one at a time`);
  say();
  say('Of a person whose company has about 500 cases in both; the medians of five turns of both in alternation.');
  say();
  say('| page | p50 ms, many | p50 ms, few | times |');
  say('|---|---|---|---|');
  await withProgram(small, 1, (few) => withProgram(big, 1, async (many) => {
    const pagesOfFew = await pagesOf(few, ordinaryCustomer(small));
    for (const page of await pagesOf(many, ordinaryCustomer(big))) {
      const turns = { many: [], few: [] };
      for (let turn = 0; turn < 5; ++turn) {
        turns.few.push((await load(few, pagesOfFew.find(({ name }) => name === page.name), 1, 1)).p50);
        turns.many.push((await load(many, page, 1, 1)).p50);
      }
      const [slow, quick] = [turns.many, turns.few].map((values) => values.sort((a, b) => a - b)[2]);
      say(`| ${page.name} | ${slow} | ${quick} | ${(slow / quick).toFixed(2)} |`);
    }
  }));
  say();
}

if (wanted('opening')) {
  say('## Opening a case: durable, with its history and its mail row');
  say();
  say('| clients | cases/s | p50 ms | p99 ms | CPU µs/case | wrong answers |');
  say('|---|---|---|---|---|---|');
  await withProgram(await copyOf(big), os.cpus().length, async (program) => {
    for (const clients of [1, 16, 64, 256]) {
      const opened = await openCases(program, clients);
      say(`| ${clients} | ${whole(opened.rate)} | ${opened.p50} | ${opened.p99} | ${opened.cpu} | ${opened.wrong} |`);
    }
  });
  say();
}

if (wanted('memory')) {
  await withProgram(big, os.cpus().length, async (program) => {
    say('## Memory and start');
    say();
    say(`- ready after ${program.ready} ms with ${cases.toLocaleString('en')} cases`);
    const before = memory(program.pid);
    say(`- ${before} MB after the start`);
    for (const page of await pagesOf(program)) await load(program, page, 16, 1);
    const busy = memory(program.pid);
    say(`- ${busy} MB after every page under load`);
    const idle = await idleConnections(program, 10_000);
    say(`- ${(memory(program.pid) - busy).toFixed(0)} MB more with ${idle.open.toLocaleString('en')} idle connections; a page then takes ${idle.answer} ms`);
    idle.close();
  });
  say();
}

fs.mkdirSync(options.out, { recursive: true });
const file = path.join(options.out, `${new Date().toISOString().slice(0, 10)}${options.quick ? '-quick' : ''}${options.only ? `-${options.only}` : ''}${cluster ? '-postgres' : ''}.md`);
fs.writeFileSync(file, lines.join('\n') + '\n');
console.log(`written to ${path.relative('.', file)}`);
await cluster?.stop();
process.exit(0);

async function pagesOf(program, person = bigCustomer()) {
  const visitor = new Visitor(program.base, 'bench');
  const sign_in = await visitor.send({ path: '/sign-in' });
  await visitor.go('/sign-in');
  visitor.fill('Имя пользователя', person.email);
  visitor.fill('Пароль', person.password);
  await visitor.press('Войти');
  program.visitor = visitor;
  await visitor.go('/cases?view=company');
  const number = /\/cases\/(\d{8})/.exec(visitor.answer.text)?.[1];
  if (!number) throw new Error(`the bench cannot read the list: ${visitor.status} ${visitor.text.slice(0, 300)}`);
  const pages = [
    { name: 'sign-in page', path: '/sign-in', body: sign_in.body, answer: sign_in, anonymous: true },
    { name: 'dashboard', path: '/' },
    { name: 'my cases', path: '/cases?view=mine' },
    { name: 'company by subject', path: '/cases?view=company&sort=subject&dir=asc' },
    { name: 'case', path: `/cases/${talkedOf(program.data, person) ?? number}` },
    { name: 'product look-up', path: '/products?q=qap', headers: { 'X-Fragment': '1' } },
    { name: 'search in list', path: `/cases?view=company&q=${encodeURIComponent('отчёт')}` },
  ];
  for (const page of pages) {
    if (page.anonymous) continue;
    page.headers = { ...page.headers, Cookie: visitor.headers.cookie };
    page.answer = await request(program.base, { path: page.path, headers: page.headers });
    if (page.answer.status !== 200) throw new Error(`${page.path}: ${page.answer.status}`);
    page.body = page.answer.body;
  }
  return pages;
}

// A case of the person with five public comments.
function talkedOf(data, person) {
  const sql = `SELECT c.number FROM people p
    JOIN cases c ${data.cluster ? '' : 'INDEXED BY cases_of_contact'} ON c.account_id = p.account_id AND c.contact_id = p.id
    WHERE p.email = '${person.email}'
    AND (SELECT count(*) FROM comments m WHERE m.account_id = c.account_id AND m.case_id = c.id AND m.visibility = 1) = 5
    ORDER BY c.id DESC LIMIT 1`;
  return ask(data, sql)?.padStart(8, '0').replace(/^0{8}$/, '') || undefined;
}

// nginx with the same bytes in a file.
async function floorOf(page, threads) {
  const root = path.join(folder, 'floor');
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(root, { recursive: true });
  fs.writeFileSync(path.join(root, 'page.html'), page.body);
  const port = await freePort();
  const conf = path.join(root, 'nginx.conf');
  fs.writeFileSync(conf, `
    user root; worker_processes ${threads}; daemon off; pid ${root}/pid; error_log ${root}/error.log;
    events { worker_connections 4096; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; keepalive_timeout 75;
      open_file_cache max=100; open_file_cache_valid 60s; default_type text/html; charset utf-8;
      client_body_temp_path ${root}/b; proxy_temp_path ${root}/p; fastcgi_temp_path ${root}/f; uwsgi_temp_path ${root}/u; scgi_temp_path ${root}/s;
      server { listen 127.0.0.1:${port}; root ${root}; }
    }`);
  const nginx = keep(spawn('nginx', ['-c', conf, '-p', root], { stdio: 'ignore' }));
  const base = `http://127.0.0.1:${port}`;
  try {
    for (let i = 0; ; ++i) {
      try { await request(base, { path: '/page.html' }); break; } catch (error) { if (i > 100) throw error; await sleep(20); }
    }
    return await wrk(base, { path: '/page.html', headers: page.headers }, 16, seconds);
  } finally {
    nginx.kill('SIGTERM');
    await new Promise((done) => nginx.on('exit', done));
  }
}

async function load(program, page, connections, duration = seconds) {
  const before = processor(program.pid);
  const result = await wrk(program.base, page, connections, duration);
  result.cpu = Math.round((processor(program.pid) - before) / Math.max(1, result.requests));
  return result;
}

async function openCases(program, clients) {
  const visitor = program.visitor ?? (await pagesOf(program), program.visitor);
  await visitor.go('/cases/new');
  const prefix = String(10_000_000 + Math.floor(Math.random() * 80_000_000));
  const before = processor(program.pid);
  const result = await wrk(program.base, { path: '/', script: path.join(here, 'open_case.lua'), arguments: [prefix, visitor.headers.cookie, visitor.proof] }, clients, seconds);
  result.cpu = Math.round((processor(program.pid) - before) / Math.max(1, result.requests));
  return result;
}

// One run of wrk; its figures.
function wrk(base, page, connections, duration) {
  const headers = Object.entries(page.headers ?? {}).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-t1', `-c${connections}`, `-d${duration}s`, '--latency', ...headers,
    ...(page.script ? ['-s', page.script] : []), base + page.path, ...(page.arguments ? ['--', ...page.arguments] : [])];
  return new Promise((resolve, reject) => {
    const child = keep(spawn('wrk', args, { stdio: ['ignore', 'pipe', 'pipe'] }));
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    child.on('exit', (code) => {
      if (code !== 0) return reject(new Error(`wrk: ${output}`));
      const errors = /Non-2xx or 3xx responses: (\d+)/.exec(output);
      if (errors) return reject(new Error(`${page.path}: ${errors[0]}`));
      resolve({ rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]), requests: Number(/(\d+) requests in/.exec(output)[1]),
        p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(output)[1]), p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(output)[1]),
        wrong: Number(/wrong answers: (\d+)/.exec(output)?.[1] ?? 0) });
    });
  });
}

function milliseconds(text) {
  const [, value, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number((Number(value) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit]).toFixed(3));
}

async function withProgram(data, threads, work) {
  const port = await freePort();
  const config = configuration({ data, port, threads });
  const started = performance.now();
  const log = fs.openSync(path.join(folder, 'server.log'), 'w');
  const child = keep(spawn(path.resolve(options.program), ['serve', '--config', config], { stdio: ['ignore', log, log] }));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(code ?? signal)));
  const base = `http://127.0.0.1:${port}`;
  for (;;) {
    try { if ((await request(base, { path: '/health', timeout: 500 })).status === 200) break; } catch { /* not yet */ }
    if (child.exitCode !== null) throw new Error(`the server ended: ${fs.readFileSync(path.join(folder, 'server.log'), 'utf8').slice(-2000)}`);
    await sleep(5);
  }
  const program = { base, data, port, pid: child.pid, ready: Math.round(performance.now() - started) };
  try {
    await work(program);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function copyOf(data) {
  const copy = path.join(folder, 'copy');
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(data.folder, copy, { recursive: true });
  if (data.cluster) {
    await data.cluster.drop('bench_copy');
    await data.cluster.create('bench_copy', data.database);
    return { ...data, folder: copy, database: 'bench_copy' };
  }
  return { ...data, folder: copy };
}

async function idleConnections(program, count) {
  const sockets = [];
  for (let i = 0; i < count; ++i) {
    const socket = net.connect(program.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    sockets.push(socket);
    if (i % 200 === 199) await sleep(20);
  }
  await sleep(1000);
  const started = performance.now();
  await request(program.base, { path: '/sign-in' });
  return { open: sockets.filter((s) => s.readyState === 'open').length, answer: (performance.now() - started).toFixed(1), close: () => sockets.forEach((s) => s.destroy()) };
}

// Microseconds of processor time that a process has used.
function processor(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

// Resident memory in MB, all of it: also the program's own code and the parts of files that are mapped.
function memory(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
}

function whole(rate) { return Math.round(rate).toLocaleString('en').replaceAll(',', ' '); }
