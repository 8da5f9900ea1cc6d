// Every route × every role, and every route × another company's thing: what is not allowed looks like what does not exist.
import http from 'node:http';
import { address } from './objects.mjs';
import { difference, essence } from './compare.mjs';

export const roles = ['visitor', 'anton', 'manager', 'stranger', 'rival', 'agent', 'administrator'];

const everybody = new Set(roles);
const staff = new Set(['agent', 'administrator']);
const allowed = {
  everyone: everybody,
  demo: everybody, // the tests run the demo
  machine: everybody, // and on this machine
  signed_in: new Set(roles.slice(1)),
  approver: new Set(['manager', 'rival', ...staff]),
  staff,
  administrator: new Set(['administrator']),
  owner: new Set(),
};

// What a form might say; each handler takes what it knows.
const plausible = {
  act: 'take', answer: 'helped', body: 'Чужие слова', comment: 'Чужие слова', score: '1', version: '1', visibility: 'everyone',
  account: '1', name: 'Чужие слова', follow: '1', draft: '77', subject: 'Чужие слова',
};

function ask(visitor, method, path, headers = {}) {
  if (method === 'GET' || method === 'OPTIONS') return visitor.send({ method, path, headers });
  if (method === 'PATCH' || method === 'DELETE') {
    return visitor.send({
      method, path,
      headers: { 'tus-resumable': '1.0.0', 'x-csrf-token': visitor.token, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', ...headers },
      body: method === 'PATCH' ? 'чужое' : undefined,
    });
  }
  return visitor.send({
    method, path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: visitor.base, ...headers },
    body: new URLSearchParams({ ...plausible, csrf: visitor.token }).toString(),
  });
}

// The status alone, for answers that never end.
function status_of(visitor, path) {
  return new Promise((resolve, reject) => {
    const sent = http.get(visitor.base + path, { headers: visitor.headers, agent: false }, (answer) => { resolve(answer.statusCode); sent.destroy(); });
    sent.on('error', reject);
  });
}
const endless = new Set(['/events']);

/** The thing that stands for a route's parameter; undefined for a route without one. */
function thing_of(route, things) {
  if (!route.pattern.includes('{')) return undefined;
  const thing = things.find((t) => route.pattern === t.start || route.pattern.startsWith(`${t.start}/`));
  if (!thing) throw new Error(`${route.pattern}: say in tests/access/objects.mjs what stands for its parameter`);
  return thing;
}

/** Who may come in at all. Gives one line for each fault. */
export async function roles_by_route(world, routes, things) {
  const faults = [];
  for (const role of roles) {
    const visitor = world.visitor(role);
    const nowhere = essence((await visitor.send({ path: '/no-such-page' })).text);
    for (const route of routes) {
      const thing = thing_of(route, things);
      const path = address(route.pattern, thing?.own ?? '');
      const fault = (text) => faults.push(`${role}: ${route.method} ${path}: ${text}`);
      if (allowed[route.access].has(role)) {
        if (route.method === 'OPTIONS') continue;
        if (route.method !== 'GET') {
          const answer = await ask(visitor, route.method, path, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site', 'x-csrf-token': 'forged', ...forged(route) });
          if (answer.status !== 403) fault(`a form from elsewhere is answered with ${answer.status}`);
        } else if (!thing || thing.owner === role) {
          const status = endless.has(route.pattern) ? await status_of(visitor, path) : (await ask(visitor, 'GET', path)).status;
          const secret = thing?.owner === 'visitor' && status === 410;
          if (status >= 400 && !secret && !expects(route.pattern, status)) fault(`it may be seen, but is answered with ${status}`);
        }
        continue;
      }
      const answer = await ask(visitor, route.method, path);
      if (role === 'visitor' && route.access !== 'owner') {
        const asked = answer.status === 401 || (answer.status === 303 && answer.headers.location.startsWith('/sign-in'));
        if (!asked) fault(`a stranger is answered with ${answer.status}`);
      } else if (answer.status !== 404) {
        fault(`it may not be seen, but is answered with ${answer.status}`);
      } else {
        const other = difference(essence(answer.text), nowhere);
        if (other) fault(`the refusal tells that there is something: ${other}`);
      }
    }
  }
  return faults;
}

// A forged form carries no proof at all.
const forged = (route) => (route.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {});

// The addresses that need more than a path to show something.
const expects = (pattern, status) => (pattern === '/uploads/{id}' && status === 412);

/** What another company's thing is answered with, against what does not exist. */
export async function foreign_by_route(world, routes, things) {
  const faults = [];
  for (const route of routes) {
    const thing = thing_of(route, things);
    if (!thing?.foreign) continue;
    const visitor = world.visitor(thing.owner);
    const of = async (value) => {
      const answer = await ask(visitor, route.method, address(route.pattern, value));
      const headers = Object.entries(answer.headers).filter(([name]) => !['date', 'content-length', 'set-cookie', 'x-request-id'].includes(name));
      return { status: answer.status, text: `${essence(answer.text)}\n${JSON.stringify(headers)}`.replaceAll(value, '#') };
    };
    const foreign = await of(thing.foreign);
    const absent = await of(thing.absent);
    const where = `${thing.owner}: ${route.method} ${route.pattern}`;
    if (foreign.status !== absent.status) faults.push(`${where}: ${foreign.status} for another company's, ${absent.status} for what is not there`);
    const other = difference(foreign.text, absent.text);
    if (other) faults.push(`${where}: another company's is told apart: ${other}`);
  }
  return faults;
}
