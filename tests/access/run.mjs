// Who may see what, over the whole route table, so that no new address escapes it.
//
//   node tests/access/run.mjs --program build/dev/otklik [--engine sqlite|postgres]...
//
// matrix.mjs tries every route as every role and with another company's things; leaks.mjs looks for what agents write for
// themselves in everything a customer can read.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Cluster, careless, quickFolder } from '../lib/postgres.mjs';
import { people } from '../lib/people.mjs';
import { Seed, workFolder } from '../lib/server.mjs';
import { World } from '../scenarios/world.mjs';
import { leaks } from './leaks.mjs';
import { foreign_by_route, roles, roles_by_route } from './matrix.mjs';
import { objects } from './objects.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: 'build/dev/otklik' },
    engine: { type: 'string', multiple: true, default: ['sqlite'] },
    slow: { type: 'string', default: '1' }, // sanitized builds are this much slower
  },
});

const slow = Number(options.slow);
const routes = spawnSync(options.program, ['routes'], { encoding: 'utf8' }).stdout.trim().split('\n')
  .map((line) => line.trim().split(/\s+/)).map(([method, pattern, access]) => ({ method, pattern, access }));

async function sign_in(world, who) {
  const { email, password } = world.person(who);
  const visitor = world.visitor(who);
  await visitor.go('/sign-in');
  visitor.fill('Имя пользователя', email);
  visitor.fill('Пароль', password);
  await visitor.press('Войти');
  visitor.token = visitor.proof;
  if (!visitor.token) throw new Error(`${who} is not let in: ${visitor.text.slice(0, 200)}`);
}

let passed = 0;
let failed = 0;
function count(name, faults) {
  if (faults.length) ++failed;
  else ++passed;
  console.log(`${faults.length ? 'FAIL' : 'ok  '} ${name}${faults.slice(0, 20).map((fault) => `\n     ${fault}`).join('')}${faults.length > 20 ? `\n     and ${faults.length - 20} more` : ''}`);
}

for (const engine of options.engine) {
  const folder = workFolder(`access-${engine}`);
  const cluster = engine === 'postgres' ? await new Cluster({ folder: quickFolder(folder), settings: careless }).start() : undefined;
  const seed = await new Seed({ program: options.program, folder, patience: 60_000 * slow, cluster }).make();
  const world = new World({ server: await seed.server().start(), people: people(seed.output), slow });
  try {
    for (const who of [...roles.slice(1), 'colleague']) await sign_in(world, who);
    world.visitor('visitor').token = '';
    const things = await objects(world);
    count(`${routes.length} routes × ${roles.length} roles (${engine})`, await roles_by_route(world, routes, things));
    count(`what belongs to another company looks like nothing (${engine})`, await foreign_by_route(world, routes, things));
    count(`what agents write for themselves stays with them (${engine})`, await leaks(world, routes, things));
    await world.end();
  } finally {
    await world.server.discard();
    await cluster?.stop();
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
