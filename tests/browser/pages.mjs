// Every page in both themes, on a desk and on a phone: axe finds nothing, nothing scrolls sideways, the page is light.
import { ledger } from '../lib/ledger.mjs';
import { sleep } from '../lib/server.mjs';

const visitors = [
  ['sign-in', '/sign-in'],
  ['forgot', '/password/forgot'],
  ['set-password', '/password/set/no-such-link', /40\d|410/],
  ['accessibility', '/accessibility'],
  ['access', '/access'],
  ['access-done', '/access?done=1'],
];

const customers = [
  ['dashboard', '/'],
  ['list-mine', '/cases?view=mine'],
  ['list-company', '/cases?view=company'],
  ['list-recent', '/cases?view=recent'],
  ['list-recent-cases', '/cases?view=recent-cases'],
  ['list-found', '/cases?view=company&status=closed&sort=subject&dir=asc'],
  ['list-empty', '/cases?view=mine&q=ничегонет'],
  ['new', '/cases/new'],
  ['case', 'case'],
  ['case-created', 'case/created'],
  ['case-comments', 'case/comments'],
  ['case-attachments', 'case/attachments'],
  ['case-print', 'case/print'],
  ['clone', '/cases/new?clone=case'],
  ['notifications', '/notifications'],
  ['profile', '/profile'],
  ['change-password', '/password/change'],
  ['search', '/search?q=отчёт'],
  ['knowledge', '/knowledge'],
  ['not-found', '/cases/00000001', /404/],
  ['demo-mail', '/demo/mail'],
];

const agents = [
  ['mail', '/mail'],
  ['desk', '/desk'],
  ['desk-all', '/desk?queue=all&case=case'],
  ['desk-empty', '/desk?queue=waiting&after=3-9000000000000000000'],
  ['case-of-agent', 'case'],
  ['access-requests', '/access-requests'],
  ['surveys', '/surveys'],
  ['survey-answers', '/surveys/answers'],
  ['survey-answers-found', '/surveys/answers?score=5'],
  ['survey-answers-empty', '/surveys/answers?month=1999-01'],
];

const administrators = [
  ['admin', '/admin'],
  ['admin-accounts', '/admin/accounts'],
  ['admin-account-new', '/admin/accounts/new'],
  ['admin-people', '/admin/people'],
  ['admin-people-none', '/admin/people?q=ничегонет'],
  ['admin-person-new', '/admin/people/new'],
  ['admin-person', 'first of /admin/people?q=lapin'],
  ['admin-account', 'first of /admin/accounts'],
  ['admin-products', '/admin/products'],
  ['admin-product', 'first of /admin/products'],
  ['admin-transfer', '/admin/transfer'],
  ['admin-audit', '/admin/audit'],
  ['admin-settings', '/admin/settings'],
  ['access-approved', '/access-requests?state=approved'],
];

export default async function pages(suite) {
  const number = await busiest(suite);
  const links = await linked(suite);
  if (links.survey) visitors.push(['survey', links.survey], ['solution', links.solution]);
  if (links.survey) customers.push(['case-closed', `/cases/${links.closed}`], ['case-solved', `/cases/${links.solved}`],
    ['case-solution', `/cases/${links.solved}/solution`], ['survey-signed-in', links.survey]);
  for (const [who, list] of [[undefined, visitors], ['anton', customers], ['manager', [['access-manager', '/access-requests']]],
    ['agent', agents], ['administrator', administrators]]) {
    for (const theme of ['light', 'dark']) {
      for (const width of [1440, 390]) {
        await suite.test(`pages of ${who ?? 'a visitor'}`, { theme, width, who, touch: width < 700 }, async (window) => {
          await look(window, list, number);
        });
      }
    }
    await suite.test(`pages of ${who ?? 'a visitor'} in English`, { language: 'en', theme: 'light', width: 1440, who }, (window) => look(window, list, number));
    await suite.test(`pages of ${who ?? 'a visitor'} on a narrow phone`, { theme: 'light', width: 320, who }, async (window) => {
      for (const [, address, complaint] of list) {
        if (complaint) window.expectComplaint(complaint);
        await open(window, address, number);
        await window.fits();
      }
    });
  }
}

// An address as it stands, one of the case, or «first of» a list: the page that its first row leads to.
async function open(window, address, number) {
  const list = /^first of (.+)/.exec(address)?.[1];
  if (!list) return window.go(encodeURI(address.replace(/^case/, `/cases/${number}`).replace('=case', `=${number}`)));
  await window.go(encodeURI(list));
  return window.go(await window.page.locator('main table .row-link').first().getAttribute('href'));
}

async function look(window, list, number) {
  const wrong = [];
  for (const [name, address, complaint] of list) {
    if (complaint) window.expectComplaint(complaint);
    try {
      const answer = await open(window, address, number);
      if (answer.status() >= 400 && !complaint?.test(String(answer.status()))) throw new Error(`the status is ${answer.status()}`);
      await window.shot(name);
      await window.light(answer);
      await window.fits();
      if ((await window.page.locator('h1').count()) !== 1) throw new Error(`it has ${await window.page.locator('h1').count()} h1`);
      await window.accessible();
    } catch (error) {
      wrong.push(`${name} ${address}: ${error.message}`);
    }
  }
  if (wrong.length) throw new Error(wrong.join('\n'));
}

/** What mails lead to: a case of anton is closed, another one solved. */
async function linked(suite) {
  const links = {};
  await suite.test('pages of mails to follow', { who: 'anton' }, async (window, page) => {
    const number = async (status) => {
      await window.go(`/cases?view=mine&status=${status}`);
      return /\d{8}/.exec(await page.locator('main table a[href^="/cases/0"]').first().getAttribute('href'))[0];
    };
    links.closed = await number('in_progress');
    links.solved = await number('waiting');
    const act = (...words) => {
      const done = suite.server.command('case', ...words, '--agent', suite.people.get('agent').email, '--data', suite.server.data);
      if (done.code !== 0) throw new Error(`otklik case: ${done.errors || done.output}`);
    };
    act('close', links.closed);
    act('solve', links.solved, '--solution', 'Обновите приложение и войдите снова.');
    const address = (text, part) => new RegExp(`https?://[^/\\s]+(/${part}/\\S+)`).exec(text)?.[1];
    for (let i = 0; i < 100 && !(links.survey && links.solution); ++i) {
      for (const mail of await ledger(suite.server)) {
        links.survey ??= address(mail.text, 'survey');
        links.solution ??= address(mail.text, 'solution');
      }
      await sleep(100);
    }
    if (!links.survey || !links.solution) throw new Error('the mails did not come');
  });
  return links;
}

/** A case of the company with much to show: the first that has been solved. */
async function busiest(suite) {
  let number;
  await suite.test('pages of a case to look at', { who: 'anton' }, async (window, page) => {
    for (const status of ['solved', 'waiting', '']) {
      await window.go(`/cases?view=mine&status=${status}`);
      const href = await page.locator('main table a[href^="/cases/0"]').first().getAttribute('href').catch(() => null);
      number ??= href && /\d{8}/.exec(href)[0];
      if (number) return;
    }
    throw new Error('anton has no case');
  });
  return number ?? '00000001';
}
