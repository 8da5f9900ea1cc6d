// 64 clients open cases while the server is killed at random moments and started again.
//
//   node tests/faults/kill-under-load.mjs --program build/dev/otklik [--rounds 100] [--clients 64] [--seed N]
//
// A client whose answer is lost sends the same form again, as a person would. In the end the database must hold every
// acknowledged number with the subject it was given for, each form as one case, each case with its history and one mail.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { multipart, request } from '../lib/http.mjs';
import { people } from '../lib/people.mjs';
import { Seed, sleep, workFolder } from '../lib/server.mjs';
import { Visitor } from '../lib/visitor.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: 'build/dev/otklik' },
    rounds: { type: 'string', default: '100' },
    clients: { type: 'string', default: '64' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const rounds = Number(options.rounds);
const random = generator(Number(options.seed));

const seed = await new Seed({ program: options.program, folder: workFolder('faults') }).make();
const server = await seed.server().start();
const visitor = await signIn(people(seed.output).get('anton'));
const before = counts();

// What clients have sent: one form each at a time, sent until it is acknowledged.
const acknowledged = new Map(); // subject -> number
let again = 0;
let stopping = false;
let form_count = 0;
const clients = Array.from({ length: Number(options.clients) }, (_, i) => client(i));

let slowest = 0;
for (let round = 1; round <= rounds; ++round) {
  await sleep(50 + random() * 450);
  await server.kill();
  const started = Date.now();
  await server.start();
  slowest = Math.max(slowest, Date.now() - started);
  if (round % 10 === 0 || round === rounds) console.log(`killed ${round} of ${rounds} times, ${acknowledged.size} cases acknowledged, ${again} sent again`);
}
await sleep(300);
stopping = true;
await Promise.all(clients);
const how = await server.stop();

let failed = 0;
let checked = 0;
check('the server stops in order', how.code === 0, `it ended with ${how.code ?? how.signal}`);
check('the database is whole', query('PRAGMA integrity_check')[0]?.[0] === 'ok', JSON.stringify(query('PRAGMA integrity_check')));

const stored = new Map();
for (const [number, subject, cases] of query(
  "SELECT max(number), subject, count(*) FROM cases WHERE subject LIKE 'Под нагрузкой %' GROUP BY subject")) {
  stored.set(subject, { number: String(number).padStart(8, '0'), cases: Number(cases) });
}
const lost = [...acknowledged].filter(([subject]) => !stored.has(subject));
const renamed = [...acknowledged].filter(([subject, number]) => stored.has(subject) && stored.get(subject).number !== number);
const doubled = [...stored].filter(([, { cases }]) => cases !== 1);
check('no acknowledged case is lost', lost.length === 0, `${lost.length}: ${lost.slice(0, 5).join('; ')}`);
check('every case has the number that was told', renamed.length === 0, `${renamed.length}: ${renamed.slice(0, 5).join('; ')}`);
check('no case is doubled', doubled.length === 0, `${doubled.length}: ${doubled.slice(0, 5).map(([subject]) => subject).join('; ')}`);
check('every form was acknowledged in the end', stored.size === acknowledged.size, `${stored.size} stored, ${acknowledged.size} acknowledged`);

const ours = "SELECT id FROM cases WHERE subject LIKE 'Под нагрузкой %'";
const without_mail = query(`SELECT count(*) FROM cases WHERE subject LIKE 'Под нагрузкой %' AND (SELECT count(*) FROM mails WHERE case_id = cases.id) = 0`)[0][0];
const with_two = query(`SELECT count(*) FROM (SELECT case_id, kind, to_address FROM mails WHERE case_id IN (${ours}) GROUP BY 1, 2, 3 HAVING count(*) > 1)`)[0][0];
const without_history = query(`SELECT count(*) FROM cases WHERE subject LIKE 'Под нагрузкой %' AND (SELECT count(*) FROM case_events WHERE account_id = cases.account_id AND case_id = cases.id AND kind = 0) <> 1`)[0][0];
check('every case has its mail', without_mail === '0', `${without_mail} have none`);
check('no mail row is doubled', with_two === '0', `${with_two} are`);
check('every case has its history once', without_history === '0', `${without_history} have not`);
const after = counts();
check('the kept counts are true', after.kept - before.kept === stored.size && after.cases - before.cases === stored.size,
  `${stored.size} cases more, the counts grew by ${after.kept - before.kept}, the table by ${after.cases - before.cases}`);

console.log(`${rounds} kills, ${acknowledged.size} cases acknowledged, ${again} forms sent again, ready again in ${slowest} ms at most (seed ${options.seed})`);
console.log(`${checked - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

async function signIn(person) {
  const someone = new Visitor(server.base, 'anton');
  await someone.go('/sign-in');
  someone.fill('Имя пользователя', person.email);
  someone.fill('Пароль', person.password);
  await someone.press('Войти');
  await someone.go('/cases/new');
  return someone;
}

// One form after the other until it is told to stop; a form is sent until its number is told.
async function client(which) {
  const { headers, proof } = visitor;
  while (!stopping) {
    const subject = `Под нагрузкой ${which}-${++form_count}`;
    const form = multipart([['csrf', proof], ['draft', freshId()], ['subject', subject], ['description', 'Сервер выключают под нагрузкой'],
      ['product', 'Qapter Claims'], ['country', 'RU']]);
    for (;;) {
      try {
        const answer = await request(server.base, { method: 'POST', path: '/cases', body: form.body, timeout: 10_000,
          headers: { ...headers, origin: server.base, 'content-type': form.type } });
        const number = /\/cases\/(\d{8})/.exec(answer.headers.location ?? '')?.[1];
        if (answer.status === 303 && number) { acknowledged.set(subject, number); break; }
        if (answer.status < 500 && answer.status !== 429) throw Object.assign(new Error(`${answer.status}: ${answer.text.slice(0, 300)}`), { fatal: true });
      } catch (error) {
        if (error.fatal) { console.error(error.message); process.exit(1); }
      }
      ++again;
      await sleep(20 + random() * 30);
    }
  }
}

/** An id such as the server makes: positive, 63 bits. */
function freshId() {
  return String((BigInt(Date.now() - Date.UTC(2024, 0, 1)) << 22n) | BigInt(Math.floor(Math.random() * 2 ** 22)));
}

function query(sql) {
  const file = fs.readdirSync(server.data).map((name) => path.join(server.data, name)).find((name) => /\.(db|sqlite3?)$/.test(name));
  const done = spawnSync('sqlite3', ['-readonly', '-separator', '\t', file, sql], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr}`);
  return done.stdout.split('\n').filter(Boolean).map((line) => line.split('\t'));
}

function counts() {
  return { cases: Number(query('SELECT count(*) FROM cases')[0][0]),
    kept: Number(query('SELECT coalesce(sum(count), 0) FROM case_counts WHERE contact_id = 0')[0][0]) };
}

function check(name, holds, otherwise) {
  ++checked;
  if (!holds) ++failed;
  console.log(holds ? `ok   ${name}` : `FAIL ${name}: ${otherwise}`);
}

function generator(state) {
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}
