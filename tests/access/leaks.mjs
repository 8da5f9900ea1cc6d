// Non-interference: whatever agents do among themselves, every page, search, count and mail of a customer stays as it was.
import { ledger } from '../lib/ledger.mjs';
import { multipart } from '../lib/http.mjs';
import { address } from './objects.mjs';
import { difference, essence } from './compare.mjs';

export const secret = 'Зимородок7351';
const nothing = 'Зимаградок7351'; // as long, and nowhere
const customers = ['anton', 'colleague', 'manager', 'stranger', 'visitor'];

const searches = ['/search?q=', '/cases?q=', '/cases?view=all&q=', '/products?q=', '/knowledge?q='];
const lists = ['/cases?view=all', '/cases?view=company', '/cases?view=open', '/cases?view=closed', '/cases?sort=updated', '/cases?sort=-updated', '/cases?sort=updated&dir=desc', '/'];

/** Everything a customer can read, by its address. */
async function everything(world, routes, things) {
  const read = new Map();
  for (const who of customers) {
    const visitor = world.visitor(who);
    for (const route of routes) {
      if (route.method !== 'GET' || !['everyone', 'signed_in', 'approver'].includes(route.access)) continue;
      const thing = things.find((t) => route.pattern === t.start || route.pattern.startsWith(`${t.start}/`));
      if (route.pattern === '/sign-in' || route.pattern === '/health') continue;
      const path = address(route.pattern, thing?.own ?? '');
      read.set(`${who} ${path}`, await page(visitor, path));
      if (thing) for (const tail of ['?sort=newest', '?all=1', '?part=timeline']) read.set(`${who} ${path}${tail}`, await page(visitor, path + tail));
    }
    for (const path of [...lists, ...searches.map((s) => s + encodeURIComponent('Своё'))]) read.set(`${who} ${path}`, await page(visitor, path));
  }
  return read;
}

async function page(visitor, path) {
  const answer = await visitor.send({ path });
  const kept = Object.entries(answer.headers).filter(([name]) => ['etag', 'last-modified', 'location', 'content-disposition'].includes(name));
  return `${answer.status} ${JSON.stringify(kept)} ${essence(answer.text)}`;
}

async function note(visitor, number) {
  await visitor.go(`/cases/${number}`);
  const field = visitor.field('Новый комментарий');
  visitor.fill('Новый комментарий', `Между нами: ${secret}`);
  visitor.fill('Внутренняя заметка', true);
  const what = visitor.prepare('Сохранить заметку');
  const form = field.closest('form');
  const button = visitor.button('Сохранить заметку');
  const pairs = visitor.pairs(form, button).filter(([name]) => name !== 'files');
  const upload = [...form.querySelectorAll('input[type=file]')][0]?.getAttribute('name');
  const body = multipart([...pairs, ...(upload ? [[upload, { filename: `${secret}.txt`, content: `Внутри файла ${secret}`, type: 'text/plain' }]] : [])]);
  await visitor.go({ method: 'POST', path: what.path, headers: { 'content-type': body.type }, body: body.body });
  if (visitor.status !== 200 || !visitor.text.includes(secret)) throw new Error(`no note was kept: ${visitor.status} ${visitor.text.slice(0, 200)}`);
  const link = [...visitor.document.querySelectorAll('a[href^="/files/"]')].find((a) => a.textContent.includes(`${secret}.txt`));
  if (!link) throw new Error('the note holds no file');
  return /\d+/.exec(link.getAttribute('href'))[0];
}

async function draft(visitor, number) {
  await visitor.go(`/cases/${number}`);
  const id = visitor.document.querySelector('input[name=draft]')?.getAttribute('value');
  const answer = await visitor.send({
    method: 'POST', path: `/drafts/${id}`, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-csrf-token': visitor.token },
    body: new URLSearchParams({ body: `Черновик ${secret}`, case: number, csrf: visitor.token }).toString(),
  });
  if (answer.status !== 200) throw new Error(`no draft was kept: ${answer.status}`);
  return id;
}

const to_customers = async (world) => (await ledger(world.server)).filter((mail) => /avtoexpert\.example|sk-shchit\.example|bykov@|fomina@/.test(mail.to));

/** Gives one line for each trace of what agents wrote for themselves. */
export async function leaks(world, routes, things) {
  const faults = [];
  const number = things.find((t) => t.start === '/cases/{number}').own;
  const before = await everything(world, routes, things);
  const mails = (await to_customers(world)).length;

  const agent = world.visitor('agent');
  const file = await note(agent, number);
  const kept = await draft(agent, number);
  await agent.go(`/cases/${number}`);
  agent.fill('Приоритет', 'Критический');
  await agent.press('Сохранить');
  if (!agent.text.includes('Критический')) throw new Error('the priority was not changed');

  const after = await everything(world, routes, things);
  for (const [where, text] of after) {
    const other = difference(before.get(where), text);
    if (other) faults.push(`${where} has changed by what agents did among themselves: ${other}`);
  }
  for (const who of customers) {
    const visitor = world.visitor(who);
    for (const path of [`/files/${file}`, `/files/${file}/thumbnail`]) {
      const answer = await page(visitor, path);
      const absent = await page(visitor, path.replace(file, '999999999999999'));
      if (difference(answer.replaceAll(file, '#'), absent.replaceAll('999999999999999', '#'))) faults.push(`${who}: ${path} of a note is answered with ${answer.slice(0, 3)}`);
    }
    for (const search of who === 'visitor' ? [] : searches) {
      const found = (await page(visitor, search + encodeURIComponent(secret))).replaceAll(secret, '#').replaceAll(encodeURIComponent(secret), '#');
      const none = (await page(visitor, search + encodeURIComponent(nothing))).replaceAll(nothing, '#').replaceAll(encodeURIComponent(nothing), '#');
      const other = difference(found, none);
      if (other) faults.push(`${who}: ${search} finds a note: ${other}`);
    }
    const words = await page(visitor, `/cases/${number}`);
    if (words.includes(kept)) faults.push(`${who} sees an agent's draft`);
  }
  const now = await to_customers(world);
  if (now.length !== mails) faults.push(`${now.length - mails} mails went to customers`);
  for (const mail of now) if (`${mail.subject}${mail.text}${mail.html}`.includes(secret)) faults.push(`the mail «${mail.subject}» to ${mail.to} holds a note`);

  // What customers are told afterwards holds nothing of it either.
  await agent.go(`/cases/${number}`);
  agent.fill('Новый комментарий', 'Ответ для всех');
  agent.fill('Ответ клиенту', true);
  await agent.press('Предложить решение');
  const last = await everything(world, routes, things);
  for (const [where, text] of last) if (text.includes(secret)) faults.push(`${where} holds a note`);
  await world.until('no mail about the solution came', async () => (await to_customers(world)).length > mails);
  for (const mail of await to_customers(world)) if (`${mail.subject}${mail.text}${mail.html}`.includes(secret)) faults.push(`the mail «${mail.subject}» to ${mail.to} holds a note`);
  return faults;
}
