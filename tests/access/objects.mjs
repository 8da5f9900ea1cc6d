// What stands for the parameters of an address: the same kind of thing thrice, namely one that its owner may see, one of
// another company, and one that does not exist. A route with a parameter that nothing here stands for fails the test.
import { picture } from '../lib/picture.mjs';

const number_of = (text) => /\b(\d{8})\b/.exec(text)?.[1];

/** Opens a case with a picture. Gives the number and the address of the file. */
export async function open_case(visitor, subject) {
  await visitor.go('/cases/new');
  visitor.fill('Тема', subject);
  visitor.fill('Описание', `Подробности: ${subject}`);
  visitor.fill('Продукт', 'Qapter Claims');
  visitor.attach('Загрузить файл', [{ filename: 'снимок.png', content: picture(), type: 'image/png' }]);
  await visitor.press('Отправить');
  const number = number_of(visitor.path);
  if (!number) throw new Error(`no case was opened: ${visitor.status} ${visitor.path} ${visitor.text.slice(0, 300)}`);
  await visitor.go(`/cases/${number}`);
  const file = /\/files\/(\d+)/.exec(visitor.answer.text)?.[1];
  if (!file) throw new Error(`case ${number} shows no file`);
  return { number, file };
}

async function begin_upload(visitor) {
  await visitor.go('/cases/new');
  const answer = await visitor.send({
    method: 'POST', path: '/uploads',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': `filename ${btoa('a.txt')}`, 'x-csrf-token': visitor.proof },
  });
  const id = /\/uploads\/([\w-]+)$/.exec(answer.headers.location ?? '')?.[1];
  if (!id) throw new Error(`no upload was begun: ${answer.status} ${answer.text.slice(0, 200)}`);
  return id;
}

async function begin_draft(visitor) {
  await visitor.go('/cases/new');
  const id = visitor.document.querySelector('input[name=draft]')?.getAttribute('value');
  const answer = await visitor.send({
    method: 'POST', path: `/drafts/${id}`, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-csrf-token': visitor.proof },
    body: new URLSearchParams({ subject: 'Начатое', csrf: visitor.proof }).toString(),
  });
  if (answer.status !== 200) throw new Error(`no draft was kept: ${answer.status}`);
  return id;
}

async function ask_for_access(world, email, company) {
  const visitor = world.visitor(email);
  await visitor.go('/access');
  visitor.fill('Имя и фамилия', 'Пётр Новый');
  visitor.fill('Рабочая почта', email);
  visitor.fill('Компания', company);
  await visitor.press('Отправить запрос');
  const agent = world.visitor('agent');
  await agent.go('/access-requests');
  const row = [...agent.document.querySelectorAll('form[action], button[formaction]')]
    .map((e) => e.getAttribute('formaction') ?? e.getAttribute('action')).find((a) => /\/access-requests\/\d+\//.test(a));
  const id = /\/access-requests\/(\d+)\//.exec(row ?? '')?.[1];
  if (!id) throw new Error(`the request of ${email} is not listed`);
  return id;
}

async function first_mail(world) {
  const visitor = world.visitor('visitor');
  return world.until('no mail came', async () => {
    await visitor.go('/demo/mail');
    return /\/demo\/mail\/(\d+)/.exec(visitor.answer.text)?.[1];
  });
}

// The last address of that form on a page of administration.
async function listed(world, path, pattern) {
  const visitor = world.visitor('administrator');
  await visitor.go(path);
  const id = pattern.exec(visitor.answer.text)?.[1];
  if (!id) throw new Error(`${path} lists nothing`);
  return id;
}

const no_case = '99999998';
const no_id = '999999999999999';

/**
 * @returns {Promise<{start: string, owner: string, own: string, foreign?: string, absent: string, same?: boolean}[]>}
 *   `start` is how the patterns begin that it stands for; `owner` the person who may see `own`. Without `foreign` the thing belongs to no company,
 *   or to none but the staff's.
 */
export async function objects(world) {
  const anton = await open_case(world.visitor('anton'), 'Своё обращение');
  const stranger = await open_case(world.visitor('stranger'), 'Чужое обращение');
  const requests = {
    foreign: await ask_for_access(world, 'novyj@sk-shchit.example', 'СК «Щит»'),
    own: await ask_for_access(world, 'novyj@avtoexpert.example', 'ООО «Автоэксперт»'),
  };
  const mail = await first_mail(world);
  return [
    { start: '/cases/{number}', owner: 'anton', own: anton.number, foreign: stranger.number, absent: no_case },
    { start: '/files/{id}', owner: 'anton', own: anton.file, foreign: stranger.file, absent: no_id },
    { start: '/uploads/{id}', owner: 'anton', own: await begin_upload(world.visitor('anton')),
      foreign: await begin_upload(world.visitor('stranger')), absent: no_id },
    { start: '/drafts/{id}', owner: 'anton', own: await begin_draft(world.visitor('anton')),
      foreign: await begin_draft(world.visitor('stranger')), absent: no_id },
    { start: '/access-requests/{id}', owner: 'manager', ...requests, absent: no_id },
    // Links that stand for a person by their secret: a wrong one is like any other wrong one.
    { start: '/password/set/{token}', owner: 'visitor', own: 'aaaaaaaaaaaaaaaaaaaaaaaa', absent: 'bbbbbbbbbbbbbbbbbbbbbbbb' },
    { start: '/solution/{token}', owner: 'visitor', own: '1.2.3.aaaaaaaaaaaaaaaaaaaaaa', absent: '1.2.4.aaaaaaaaaaaaaaaaaaaaaa' },
    { start: '/survey/{secret}', owner: 'visitor', own: 'a'.repeat(43), absent: 'b'.repeat(43) },
    // What belongs to the staff.
    { start: '/mail/{id}', owner: 'agent', own: mail, absent: no_id },
    { start: '/demo/mail/{id}', owner: 'visitor', own: mail, absent: no_id },
    { start: '/admin/accounts/{id}', owner: 'administrator', own: await listed(world, '/admin/accounts', /\/admin\/accounts\/(\d+)/), absent: no_id },
    { start: '/admin/people/{id}', owner: 'administrator', own: await listed(world, '/admin/people', /\/admin\/people\/(\d+)/), absent: no_id },
    { start: '/admin/products/{id}', owner: 'administrator', own: await listed(world, '/admin/products', /\/admin\/products\/(\d+)/), absent: no_id },
  ];
}

/** Puts `value` into the place of the parameter. */
export const address = (pattern, value) => pattern.replace(/\{\w+\}/, encodeURIComponent(value));
