// Opening and following cases, each act in one sentence.
import { multipart } from '../../lib/http.mjs';
import { picture } from '../../lib/picture.mjs';
import { clean, words } from '../../lib/names.mjs';

const number_of = (text) => /\b(\d{8})\b/.exec(text)?.[1];

async function open(world, who, { subject, description, product, files = [], country }) {
  const visitor = world.visitor(who);
  await visitor.go('/cases/new');
  visitor.fill('Тема', subject);
  visitor.fill('Описание', description);
  visitor.fill('Продукт', product);
  if (country) visitor.fill('Страна', country);
  if (files.length) visitor.attach('Загрузить файл', files);
  await visitor.press('Отправить');
  const number = number_of(visitor.path);
  world.expect(visitor.status === 200 && number, `no case was opened: ${visitor.status} ${visitor.path} ${visitor.text.slice(0, 300)}`);
  world.keep('number', number);
}

// A customer's comment.
async function comment(world, who, text, files = []) {
  const visitor = world.visitor(who);
  await visitor.go(`/cases/${world.kept.get('number')}`);
  visitor.fill('Новый комментарий', text);
  if (files.length) visitor.attach('Приложить файлы к комментарию', files);
  await send(visitor);
  world.expect(visitor.status === (text ? 200 : 422), `the comment is answered with ${visitor.status}: ${visitor.text.slice(0, 300)}`);
}

// The page has several buttons «Отправить»; this is the one of the comment's form.
async function send(visitor) {
  const form = visitor.field('Новый комментарий').closest('form');
  const button = [...form.querySelectorAll('button')].find((b) => clean(words(b)) === 'Отправить' && !b.hasAttribute('formaction'));
  if (!button) throw new Error('the comment has no button «Отправить»');
  const body = multipart(visitor.pairs(form, button));
  await visitor.go({ method: 'POST', path: form.getAttribute('action'), headers: { 'content-type': body.type }, body: body.body });
}

// What an agent does on the command line.
function act(world, words) {
  const done = world.server.command('case', ...words, '--agent', world.person('agent').email, '--data', world.server.data);
  world.expect(done.code === 0, `otklik case ${words[0]}: ${done.errors || done.output}`);
}

/** The rows of the list on the page: {heading: cell, ...}, with `case` the number. */
function rows(world) {
  const table = world.page.document.querySelector('main table');
  if (!table) return [];
  const heads = [...table.querySelectorAll('thead th')].map((th) => clean(words(th)));
  return [...table.querySelectorAll('tbody tr')].map((row) => {
    const cells = [...row.children].map((cell) => clean(words(cell)));
    return Object.fromEntries(heads.map((head, i) => [head, cells[i]]));
  });
}

function row(world, number) {
  const found = rows(world).find((r) => r['Номер обращения'] === number);
  world.expect(found, `the list has no ${number}: ${rows(world).map((r) => r['Номер обращения']).slice(0, 20).join(', ')}`);
  return found;
}

const value_of = (world, term) => [...world.page.document.querySelectorAll('dt')].filter((dt) => clean(words(dt)) === term)
  .map((dt) => clean(words(dt.nextElementSibling)));

// The order of lists: letters without regard to case and to ё, Latin ones before Russian ones.
const key = (text) => text.toLowerCase().replaceAll('ё', 'е');
const compare = (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);

export default {
  '{word} opens case {text}': (world, who, subject) =>
    open(world, who, { subject, description: `Подробности: ${subject}`, product: 'Qapter Claims' }),
  '{word} opens case {text} about {text} for product {text}': (world, who, subject, description, product) =>
    open(world, who, { subject, description, product }),
  '{word} opens case {text} about {text} for product {text} in {text}': (world, who, subject, description, product, country) =>
    open(world, who, { subject, description, product, country }),
  '{word} opens case {text} with file {text} holding {text}': (world, who, subject, filename, content) =>
    open(world, who, { subject, description: 'Файл приложен', product: 'Qapter Claims', files: [{ filename, content }] }),
  '{word} opens case {text} with the picture {text}': (world, who, subject, filename) =>
    open(world, who, { subject, description: 'Снимок приложен', product: 'Qapter Claims',
      files: [{ filename, content: picture(), type: 'image/png' }] }),

  async '{word} looks at case {number}'(world, who, number) {
    const visitor = world.visitor(who);
    await visitor.go(`/cases/${number}`);
    world.expect(visitor.status === 200, `case ${number}: ${visitor.status}`);
  },
  '{word} comments {text}': (world, who, text) => comment(world, who, text),
  '{word} answers with file {text} holding {text} and {text}': (world, who, filename, content, text) =>
    comment(world, who, text, [{ filename, content }]),
  '{word} sends the comment': (world, who) => send(world.visitor(who)),
  async 'case has status {text}'(world, status) {
    const visitor = world.page;
    await visitor.go(`/cases/${world.kept.get('number')}`);
    const found = value_of(world, 'Статус');
    world.expect(found.length && found.every((value) => value === status), `the status is ${found.join(', ') || 'not told'}`);
  },
  'case shows {text} as {text}'(world, term, wanted) {
    const found = value_of(world, term);
    world.expect(found.includes(wanted), `«${term}» is ${found.map((v) => `«${v}»`).join(', ') || 'not there'}`);
  },
  'agent solves case {number} with {text}': (world, number, solution) =>
    act(world, ['solve', number, '--solution', solution]),
  'agent closes case {number}': (world, number) => act(world, ['close', number]),
  'the number has 8 digits'(world) {
    world.expect(/^\d{8}$/.test(world.kept.get('number') ?? ''), `the number is ${world.kept.get('number')}`);
  },
  'number is kept as {word}'(world, name) { world.keep(name, world.kept.get('number')); },

  // Lists.
  'list has case {number}'(world, number) { row(world, number); },
  'list has no case {number}'(world, number) {
    world.expect(!rows(world).some((r) => r['Номер обращения'] === number), `the list has ${number}`);
  },
  'list shows {text} of case {number} as {text}'(world, column, number, wanted) {
    const found = row(world, number)[column];
    world.expect(found === wanted, `«${column}» is «${found}»`);
  },
  'list has column {text}'(world, column) {
    const heads = [...world.page.document.querySelectorAll('main thead th')].map((th) => clean(words(th)));
    world.expect(heads.includes(column), `the columns are ${heads.join(', ')}`);
  },
  'list has {number} rows'(world, count) { world.expect(rows(world).length === Number(count), `the list has ${rows(world).length} rows`); },
  'list is not empty'(world) { world.expect(rows(world).length > 0, 'the list is empty'); },
  'list is empty'(world) { world.expect(rows(world).length === 0, `the list has ${rows(world).length} rows`); },
  'every row shows {text} as {text}'(world, column, wanted) {
    const other = rows(world).find((r) => r[column] !== wanted);
    world.expect(rows(world).length > 0, 'the list is empty');
    world.expect(!other, `${other?.['Номер обращения']} shows «${other?.[column]}»`);
  },
  'every row holds {text}'(world, wanted) {
    const other = rows(world).find((r) => !Object.values(r).join(' ').toLowerCase().includes(wanted.toLowerCase()));
    world.expect(rows(world).length > 0, 'the list is empty');
    world.expect(!other, `a row holds no «${wanted}»: ${JSON.stringify(other)}`);
  },
  'list is sorted by {text} upwards'(world, column) { sorted(world, column, 1); },
  'list is sorted by {text} downwards'(world, column) { sorted(world, column, -1); },
  async 'the count is true'(world) {
    const visitor = world.page;
    const stated = Number(/Элементов: ([\d\s]+)/.exec(visitor.text)?.[1].replace(/\s/g, ''));
    const seen = await collect(world);
    world.expect(seen.size === stated, `«Элементов: ${stated}», but the pages list ${seen.size}`);
  },
  async 'paging shows every case once'(world) {
    const twice = [];
    await collect(world, (number) => twice.push(number));
    world.expect(!twice.length, `listed twice: ${twice.join(', ')}`);
  },
};

// Walks «Дальше» to the end; gives the numbers seen.
async function collect(world, again = () => {}) {
  const visitor = world.page;
  const seen = new Set();
  for (let page = 0; page < 100; ++page) {
    for (const r of rows(world)) seen.has(r['Номер обращения']) ? again(r['Номер обращения']) : seen.add(r['Номер обращения']);
    if (!visitor.has('link', 'Дальше')) break;
    await visitor.click('Дальше');
  }
  return seen;
}

function sorted(world, column, way) {
  const values = rows(world).map((r) => r[column]);
  world.expect(values.length > 1, `the list has ${values.length} rows`);
  for (let i = 1; i < values.length; ++i) {
    const order = /^\d+$/.test(values[i]) ? Number(values[i - 1]) - Number(values[i]) : compare(values[i - 1], values[i]);
    world.expect(order * way <= 0, `«${values[i - 1]}» stands before «${values[i]}»`);
  }
}
