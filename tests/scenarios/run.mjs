// Runs tests/scenarios/*.test: sentences carried out against the real program, over HTTP without scripts.
//
//   node tests/scenarios/run.mjs --program build/dev/otklik [--engine sqlite|postgres]... [--slow FACTOR] [FILE...]
//
// A file holds scenarios. Each begins with a comment, its name, after an empty line; each gets a server of its own on a
// fresh copy of the demo data, for every engine. A step is a line; steps/ says what the sentences mean.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster, careless, quickFolder } from '../lib/postgres.mjs';
import { Seed, workFolder } from '../lib/server.mjs';
import { people } from '../lib/people.mjs';
import { read } from './script.mjs';
import { World } from './world.mjs';
import { find } from './steps/index.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    program: { type: 'string', default: 'build/dev/otklik' },
    engine: { type: 'string', multiple: true, default: ['sqlite'] },
    slow: { type: 'string', default: '1' }, // sanitized builds are this much slower
    only: { type: 'string' }, // scenarios whose name holds this
    jobs: { type: 'string', default: '2' },
  },
});

const files = positionals.length ? positionals
  : fs.readdirSync(here).filter((name) => name.endsWith('.test')).sort().map((name) => path.join(here, name));
const scenarios = files.flatMap((file) => read(path.relative(process.cwd(), file), fs.readFileSync(file, 'utf8')))
  .filter((scenario) => !options.only || scenario.name.includes(options.only));

// A sentence nobody understands is told before anything is started.
const unknown = scenarios.flatMap((scenario) => scenario.steps.filter((step) => !find(step.text))
  .map((step) => `${scenario.file}:${step.line}: no step says this: ${step.text}`));
if (unknown.length) {
  console.error(unknown.join('\n'));
  console.log(`0 passed, ${unknown.length} failed`);
  process.exit(1);
}

const slow = Number(options.slow);
let passed = 0;
let failed = 0;
for (const engine of options.engine) {
  const folder = workFolder(`scenarios-${engine}`);
  const cluster = engine === 'postgres' ? await new Cluster({ folder: quickFolder(folder), settings: careless }).start() : undefined;
  const seed = await new Seed({ program: options.program, folder, patience: 60_000 * slow, cluster }).make();
  const known = people(seed.output);
  const waiting = [...scenarios];
  await Promise.all(Array.from({ length: Number(options.jobs) }, async () => {
    for (let scenario; (scenario = waiting.shift());) {
      if (await pass(scenario, { seed, known, engine, slow })) ++passed;
      else ++failed;
    }
  }));
  await cluster?.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

async function pass(scenario, { seed, known, engine, slow }) {
  const started = Date.now();
  const world = new World({ server: seed.server(), people: known, slow });
  let at;
  try {
    await world.server.start();
    for (at of scenario.steps) {
      const { step, words } = find(at.text, world);
      await step.run(world, ...words);
    }
    at = undefined;
    await world.end();
    console.log(`ok   ${scenario.file}: ${scenario.name} (${engine}, ${Date.now() - started} ms)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${scenario.file}:${at?.line ?? scenario.line}: ${scenario.name} (${engine})`);
    if (at) console.log(`     ${at.text}`);
    console.log(`     ${String(error.message).replaceAll('\n', '\n     ')}`);
    if (!error.expected) console.log(`     ${String(error.stack).split('\n').slice(1, 4).map((l) => l.trim()).join('\n     ')}`);
    console.log(world.where().replace(/^/gm, '     '));
    await world.server.kill().catch(() => {});
    return false;
  } finally {
    await world.server.discard();
  }
}
