// The disk is full: what is acknowledged is kept, what cannot be kept is refused in words, and all goes on once there is
// room again. Needs root, for a small file system of its own.
//
//   node tests/faults/full-disk.mjs --program build/dev/otklik
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { people } from '../lib/people.mjs';
import { Seed, Server, workFolder } from '../lib/server.mjs';
import { Visitor } from '../lib/visitor.mjs';

const { values: options } = parseArgs({ options: { program: { type: 'string', default: 'build/dev/otklik' } } });

const folder = workFolder('full-disk');
const small = path.join(folder, 'small');
fs.mkdirSync(small);
if (process.getuid() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600m', 'none', small]).status !== 0) {
  console.log('a small file system cannot be mounted here');
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
process.prependListener('exit', () => spawnSync('umount', ['-l', small]));

let passed = 0;
let failed = 0;
const check = (name, holds, otherwise) => {
  holds ? ++passed : ++failed;
  console.log(holds ? `ok   ${name}` : `FAIL ${name}: ${otherwise}`);
};

const seed = await new Seed({ program: options.program, folder }).make();
const data = path.join(small, 'data');
fs.cpSync(seed.data, data, { recursive: true });
const server = await new Server({ program: options.program, data, log: path.join(folder, 'full-disk.log') }).start();
const anton = people(seed.output).get('anton');
const visitor = new Visitor(server.base, 'anton');
await visitor.go('/sign-in');
visitor.fill('Имя пользователя', anton.email);
visitor.fill('Пароль', anton.password);
await visitor.press('Войти');

const open = async (subject, files = []) => {
  await visitor.go('/cases/new');
  visitor.fill('Тема', subject);
  visitor.fill('Описание', 'Проверка полного диска. '.repeat(100));
  visitor.fill('Продукт', 'Qapter Claims');
  if (files.length) visitor.attach('Загрузить файл', files);
  await visitor.press('Отправить');
  return /\/cases\/(\d{8})/.exec(visitor.path)?.[1];
};

const before = await open('До того, как диск заполнился');
check('a case is opened while there is room', before, `${visitor.status} ${visitor.text.slice(0, 200)}`);

// Fills the disk to the last block.
const ballast = path.join(small, 'ballast');
const out = fs.openSync(ballast, 'w');
const block = Buffer.alloc(1 << 16, 1);
try { for (;;) if (fs.writeSync(out, block) < block.length) break; } catch (error) { if (error.code !== 'ENOSPC') throw error; }
try { for (;;) fs.writeSync(out, block, 0, 512); } catch (error) { if (error.code !== 'ENOSPC') throw error; }
fs.closeSync(out);

const refused = [];
for (let i = 0; i < 5; ++i) {
  const number = await open(`Диск полон ${i}`, i % 2 ? [{ filename: 'журнал.txt', content: Buffer.alloc(3_000_000, 'x') }] : []);
  if (!number) refused.push(visitor.status);
}
check('a case that cannot be kept is refused', refused.length > 0 && refused.every((status) => status >= 500 && status < 600), `the answers were ${refused.join(', ')}`);
check('the refusal is a page in words', /text\/html/.test(visitor.answer.headers['content-type'] ?? '') && visitor.title.length > 0, `${visitor.status} ${visitor.answer.text.slice(0, 200)}`);
await visitor.go(`/cases/${before}`);
check('what was there can still be read', visitor.status === 200 && visitor.text.includes('До того'), `${visitor.status}`);

fs.rmSync(ballast);
const after = await open('После того, как место нашлось', [{ filename: 'журнал.txt', content: Buffer.alloc(1_000_000, 'x') }]);
check('it goes on by itself once there is room', after, `${visitor.status} ${visitor.text.slice(200, 900)}`);

await server.kill();
await server.start();
for (const number of [before, after].filter(Boolean)) {
  await visitor.go(`/cases/${number}`);
  check(`${number} is there after a restart`, visitor.status === 200, `${visitor.status}`);
}
await server.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
