// The agents' side: queues, answers that are durable, and the word that something changed.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { request } from '../tests/lib/http.mjs';
import { sleep } from '../tests/lib/server.mjs';
import { Visitor } from '../tests/lib/visitor.mjs';
import { memory, processor, wrk } from './measure.mjs';
import { ask, bigCustomer, rows } from './program.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const agent = { email: 'orlova@example.ru', password: bigCustomer().password };

async function visitorOf(program, person) {
  const visitor = new Visitor(program.base, 'bench');
  await visitor.go('/sign-in');
  visitor.fill('Имя пользователя', person.email);
  visitor.fill('Пароль', person.password);
  await visitor.press('Войти');
  await visitor.go('/cases/new');
  if (!visitor.proof) throw new Error(`${person.email} is not let in: ${visitor.text.slice(0, 300)}`);
  return visitor;
}

const open_cases = 'SELECT c.number, c.version FROM cases c WHERE c.status < 4 AND c.assignee_id <> 0 ORDER BY c.id DESC LIMIT 20000';

export async function deskPages(program) {
  const visitor = await visitorOf(program, agent);
  program.agent = visitor;
  const number = ask(program.data, 'SELECT c.number FROM cases c WHERE c.status < 3 ORDER BY c.id DESC LIMIT 1').padStart(8, '0');
  const pages = [
    { name: 'queue: mine', path: '/desk?queue=mine' },
    { name: 'queue: unassigned', path: '/desk?queue=unassigned' },
    { name: 'queue: all', path: '/desk?queue=all' },
    { name: 'queue with a case beside it', path: `/desk?queue=all&case=${number}` },
    { name: 'case, for an agent', path: `/cases/${number}` },
    { name: 'surveys', path: '/surveys' },
  ];
  for (const page of pages) {
    page.headers = { Cookie: visitor.headers.cookie };
    page.answer = await request(program.base, { path: page.path, headers: page.headers });
    if (page.answer.status !== 200) throw new Error(`${page.path}: ${page.answer.status}`);
    page.body = page.answer.body;
  }
  return pages;
}

/** Public answers, each with its mail to the customer; undefined when too few cases are open for so many clients. */
export async function answering(program, clients, seconds) {
  const visitor = program.agent ?? (await visitorOf(program, agent));
  // An answer to a case that has changed meanwhile would be refused.
  const waiting = rows(program.data, open_cases).map((row) => row.split('|')).map(([number, version]) => `${number.padStart(8, '0')} ${version}`);
  if (waiting.length < clients * 10) return undefined; // two answers would be on their way to one case
  const list = path.join(program.data.folder, 'answers.txt');
  fs.writeFileSync(list, waiting.join('\n') + '\n');
  const before = processor(program.pid);
  const given = await wrk(program.base, { path: '/', script: path.join(here, 'answer.lua'),
    arguments: [list, String(10_000_000 + Math.floor(Math.random() * 80_000_000)), visitor.headers.cookie, visitor.proof] }, clients, seconds);
  given.cpu = Math.round((processor(program.pid) - before) / Math.max(1, given.requests));
  return given;
}

/** Many agents wait for news while cases are opened. */
export async function listening(program, { listeners, rate, seconds }) {
  const visitor = program.agent ?? (await visitorOf(program, agent));
  const customer = await visitorOf(program, bigCustomer());
  const before = memory(program.pid);
  const ears = [];
  for (let i = 0; i < listeners; ++i) {
    ears.push(new Ear(program, visitor.headers.cookie));
    if (i % 100 === 99) await sleep(20);
  }
  await Promise.all(ears.map((ear) => ear.ready));
  await sleep(500);
  const taken = memory(program.pid) - before;

  const prefix = 10_000_000 + Math.floor(Math.random() * 80_000_000);
  const under_way = [];
  const started = performance.now();
  const open = (sent) => {
    const body = new URLSearchParams({ csrf: customer.proof, draft: `${prefix}${String(sent).padStart(8, '0')}`, subject: `Не формируется отчёт ${sent}`,
      description: 'Видно сразу', product: 'Qapter Claims', country: 'RU' }).toString();
    return request(program.base, { method: 'POST', path: '/cases', body,
      headers: { ...customer.headers, 'content-type': 'application/x-www-form-urlencoded', origin: program.base } }).then((answer) => {
      if (answer.status !== 303) throw new Error(`no case was opened: ${answer.status}`);
      return performance.now();
    });
  };
  for (let sent = 0; sent < rate * seconds; ++sent) {
    const late = started + (sent * 1000) / rate - performance.now();
    if (late > 0) await sleep(late);
    under_way.push(open(sent));
  }
  const answered = await Promise.all(under_way);
  const lasted = (performance.now() - started) / 1000;
  // One more ends the last round of news.
  await sleep(500);
  await open(rate * seconds);
  await sleep(1000);
  for (const ear of ears) ear.close();
  const delays = delaysOf(answered, ears);
  const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))].toFixed(0);
  return { listeners, changes: answered.length, rate: Math.round(answered.length / lasted), p50: at(0.5), p99: at(0.99), worst: at(1), memory: taken };
}

// News do not name what changed. A change is told by the first round of news that began after its answer, which is at
// worst the one after it was told in truth. Rounds are 50 ms apart.
function delaysOf(answered, ears) {
  const all = ears.flatMap((ear) => ear.heard).sort((a, b) => a - b);
  const rounds = [];
  for (const moment of all) if (!rounds.length || moment - rounds.at(-1) > 45) rounds.push(moment);
  const delays = [];
  for (const moment of answered) {
    const round = rounds.find((begun) => begun > moment);
    if (round === undefined) continue;
    for (const ear of ears) {
      const heard = ear.heard.find((h) => h >= round);
      if (heard === undefined) throw new Error('a listener was not told of a change');
      delays.push(heard - moment);
    }
  }
  return delays.sort((a, b) => a - b);
}

/** One connection that waits for news, with the moments when they came. */
class Ear {
  constructor(program, cookie) {
    this.heard = [];
    this.socket = net.connect(program.port, '127.0.0.1');
    this.ready = new Promise((resolve, reject) => {
      this.socket.on('error', reject);
      this.socket.once('data', (part) => (part.toString().startsWith('HTTP/1.1 200') ? resolve() : reject(new Error(part.toString().slice(0, 100)))));
    });
    this.ready.then(() => this.socket.on('data', (part) => part.includes('data: news') && this.heard.push(performance.now())));
    this.socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\n\r\n`);
  }

  close() { this.socket.destroy(); }
}
