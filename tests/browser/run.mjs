// Walks the portal in a real Chromium: the customer's whole way, in both languages, with and without scripts; every page
// in both themes and several widths, read by axe.
//
//   node tests/browser/run.mjs --program build/dev/otklik [--shots DIR] [--only NAME] [--base URL]
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { people } from '../lib/people.mjs';
import { Seed, workFolder } from '../lib/server.mjs';
import { Suite } from './suite.mjs';
import desk from './desk.mjs';
import together from './together.mjs';
import flow from './flow.mjs';
import forms from './forms.mjs';
import pages from './pages.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: 'build/dev/otklik' },
    shots: { type: 'string' },
    only: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const folder = workFolder('browser');
const seed = await new Seed({ program: options.program, folder }).make();
const server = await seed.server().start();
if (options.shots) fs.mkdirSync(options.shots, { recursive: true });

const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
});
const suite = new Suite({ browser, server, people: people(seed.output), only: options.only,
  shots: options.shots && path.resolve(options.shots) });
for (const group of [flow, desk, together, forms, pages]) await group(suite);
await browser.close();
await server.stop().catch((error) => suite.failures.push(error.message));

console.log(`${suite.passed} passed, ${suite.failed} failed`);
process.exit(suite.failed ? 1 : 0);
