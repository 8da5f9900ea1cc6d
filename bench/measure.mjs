// Starting what is measured, loading it, and reading what that cost.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { freePort, sleep } from '../tests/lib/server.mjs';
import { request } from '../tests/lib/http.mjs';
import { configuration } from './program.mjs';

export const folder = path.resolve('build/bench');
fs.mkdirSync(folder, { recursive: true });

// Nothing that was started stays when something goes wrong.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const keep = (child) => {
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
};

// nginx with the same bytes in a file.
export async function floorOf(page, threads, seconds) {
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

export async function load(program, page, connections, duration) {
  const before = processor(program.pid);
  const result = await wrk(program.base, page, connections, duration);
  result.cpu = Math.round((processor(program.pid) - before) / Math.max(1, result.requests));
  return result;
}

// One run of wrk; its figures.
export function wrk(base, page, connections, duration) {
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

export async function withProgram(program_file, data, threads, work) {
  const port = await freePort();
  const config = configuration({ data, port, threads });
  const started = performance.now();
  const log = fs.openSync(path.join(folder, 'server.log'), 'w');
  const child = keep(spawn(path.resolve(program_file), ['serve', '--config', config], { stdio: ['ignore', log, log] }));
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

export async function copyOf(data) {
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

export async function idleConnections(program, count) {
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
export function processor(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

// Resident memory in MB, all of it: also the program's own code and the parts of files that are mapped.
export function memory(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
}

export function whole(rate) { return Math.round(rate).toLocaleString('en').replaceAll(',', ' '); }
