// Measures the program beside nginx serving the very same bytes, with the same client on the same machine.
//
//   bin/bench [--program build/release/otklik] [--cases 1000000] [--seconds 8] [--quick] [--keep] [--only WORD]
//             [--engine postgres]
//
// Prints a table and writes it to bench/results/. Data is generated once into build/bench/ and used again.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { request } from '../tests/lib/http.mjs';
import { Visitor } from '../tests/lib/visitor.mjs';
import { Cluster } from '../tests/lib/postgres.mjs';
import { answering, deskPages, listening } from './desk.mjs';
import { copyOf, floorOf, folder, idleConnections, load, memory, processor, whole, withProgram, wrk } from './measure.mjs';
import { ask, bigCustomer, generate, ordinaryCustomer } from './program.mjs';

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

const wanted = (name) => !options.only || name.includes(options.only);
const ratios = new Map();
for (const threads of [1, os.cpus().length]) {
  say(`## ${threads === 1 ? 'One server thread' : `${threads} server threads`}, ${cases.toLocaleString('en')} cases, 16 connections`);
  say();
  say('| page | bytes | requests/s | p50 ms | p99 ms | CPU µs/request | nginx requests/s | ratio |');
  say('|---|---|---|---|---|---|---|---|');
  await withProgram(options.program, big, threads, async (program) => {
    for (const page of await pagesOf(program)) {
      if (!wanted(page.name)) continue;
      const floor = await floorOf(page, threads, seconds);
      const ours = await load(program, page, 16, seconds);
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
  await withProgram(options.program, small, 1, (few) => withProgram(options.program, big, 1, async (many) => {
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
  await withProgram(options.program, await copyOf(big), os.cpus().length, async (program) => {
    for (const clients of [1, 16, 64, 256]) {
      const opened = await openCases(program, clients);
      say(`| ${clients} | ${whole(opened.rate)} | ${opened.p50} | ${opened.p99} | ${opened.cpu} | ${opened.wrong} |`);
    }
  });
  say();
}

if (wanted('desk')) {
  say(`## The agents' side, ${cases.toLocaleString('en')} cases`);
  say();
  const copy = await copyOf(big);
  await withProgram(options.program, copy, os.cpus().length, async (program) => {
    say('| page | bytes | requests/s | p50 ms | p99 ms | CPU µs/request |');
    say('|---|---|---|---|---|---|');
    for (const page of await deskPages(program)) {
      const ours = await load(program, page, 16, seconds);
      say(`| ${page.name} | ${page.body.length} | ${whole(ours.rate)} | ${ours.p50} | ${ours.p99} | ${ours.cpu} |`);
    }
    say();
    say('| answers, durable: clients | answers/s | p50 ms | p99 ms | CPU µs/answer | wrong answers |');
    say('|---|---|---|---|---|---|');
    for (const clients of [1, 16, 64]) {
      const given = await answering(program, clients, seconds);
      if (given) say(`| ${clients} | ${whole(given.rate)} | ${given.p50} | ${given.p99} | ${given.cpu} | ${given.wrong} |`);
    }
    say();
    const heard = await listening(program, { listeners: 1000, rate: 200, seconds: Math.max(seconds, 4) });
    say(`${heard.listeners} listeners, ${heard.changes} changes at ${heard.rate}/s: each was told to every one of them after ` +
      `${heard.p50} ms (p50), ${heard.p99} ms (p99), ${heard.worst} ms at most; the listeners take ${heard.memory} MB.`);
  });
  say();
}

if (wanted('memory')) {
  await withProgram(options.program, big, os.cpus().length, async (program) => {
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

async function openCases(program, clients) {
  const visitor = program.visitor ?? (await pagesOf(program), program.visitor);
  await visitor.go('/cases/new');
  const prefix = String(10_000_000 + Math.floor(Math.random() * 80_000_000));
  const before = processor(program.pid);
  const result = await wrk(program.base, { path: '/', script: path.join(here, 'open_case.lua'), arguments: [prefix, visitor.headers.cookie, visitor.proof] }, clients, seconds);
  result.cpu = Math.round((processor(program.pid) - before) / Math.max(1, result.requests));
  return result;
}
