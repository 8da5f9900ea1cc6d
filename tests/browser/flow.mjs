// The customer's whole way: sign in, open a case with a screenshot, get its number and mail, find it, read it, comment,
// print, follow, clone.
import { picture } from '../lib/picture.mjs';
import { ledger } from '../lib/ledger.mjs';
import { sleep } from '../lib/server.mjs';
import { expect } from './suite.mjs';

const screenshot = { name: 'снимок экрана.png', mimeType: 'image/png', buffer: picture(1280, 720) };

export default async function flow(suite) {
  for (const language of ['ru', 'en']) {
    for (const scripts of [true, false]) {
      await suite.test('a case from the first word to its clone', { language, scripts, who: 'anton' }, (window, page) =>
        way(suite, window, page));
    }
  }
}

async function way(suite, window, page) {
  const { t } = window;
  const subject = `Не формируется отчёт ОСАГО ${window.language} ${window.scripts ? 'со скриптами' : 'без скриптов'}`;
  await window.shot('flow-dashboard');
  await window.link('Создать обращение').first().click();

  // The form.
  await window.field('Тема').fill(subject);
  await window.field('Описание').fill('При нажатии «Сформировать отчёт» появляется сообщение «Ошибка формирования».');
  const product = window.field('Продукт').first();
  if (window.scripts) {
    await product.pressSequentially('qapter cl', { delay: 20 });
    await page.locator('.combobox[data-source] [role=option]', { hasText: 'Qapter Claims' }).waitFor();
    await window.shot('flow-combobox', { fullPage: false });
    await product.press('ArrowDown');
    await product.press('Enter');
    expect((await product.inputValue()) === 'Qapter Claims', `the product field holds «${await product.inputValue()}»`);
  } else {
    await product.fill('Qapter Claims');
  }
  await window.field('Загрузить файл').setInputFiles([screenshot]);
  if (window.scripts) await page.locator('input[name=upload]').first().waitFor({ state: 'attached' });
  await window.shot('flow-new');
  await window.button('Отправить').click();

  // The number.
  await page.waitForURL(/\/cases\/\d{8}\/created/);
  await window.heading('Ваше обращение создано').waitFor();
  const number = /\/cases\/(\d{8})/.exec(page.url())[1];
  expect((await page.locator('main').innerText()).includes(number), 'the page does not tell the number');
  await window.shot('flow-created');

  // The automatic mail.
  let mail;
  for (let i = 0; i < 100 && !mail; ++i) {
    mail = (await ledger(suite.server)).find((m) => m.to === suite.people.get('anton').email && m.subject.includes(number));
    if (!mail) await sleep(50);
  }
  expect(mail, `no mail names ${number}`);
  expect(mail.text.includes(subject) && mail.text.includes(`/cases/${number}`), 'the mail lacks the subject or the link');
  await window.go('/demo/mail');
  expect((await page.locator('main').innerText()).includes(number), 'the viewer of mails does not show it');

  // Found in the list, read.
  await window.link('Мои обращения').first().click();
  await page.waitForURL(/\/cases/);
  await window.shot('flow-list');
  await page.getByRole('link', { name: subject }).first().click();
  await page.waitForURL(new RegExp(`/cases/${number}$`));
  expect((await page.locator('h1').innerText()).includes(subject), 'the heading is not the subject');
  await page.getByRole('link', { name: screenshot.name }).first().waitFor();
  await window.shot('flow-case');

  // The file comes back as it went.
  const href = await page.getByRole('link', { name: screenshot.name }).first().getAttribute('href');
  const file = await page.context().request.get(window.base + href);
  expect(file.ok() && Buffer.compare(await file.body(), screenshot.buffer) === 0, 'the file does not come back as it was');
  expect(/attachment/.test(file.headers()['content-disposition']), 'the file is not served as a download');

  // A comment.
  const comment = `Проверили на другом компьютере: то же самое (${window.language}).`;
  await window.field('Новый комментарий').fill(comment);
  await page.locator('form', { has: page.locator('textarea[name=body]') }).getByRole('button', { name: t('Отправить'), exact: true }).click();
  await page.getByText(comment).first().waitFor();

  // Following and back.
  const following = async (name) => page.getByRole('button', { name: t(name) }).first();
  const before = (await window.button('Подписаться').count()) > 0 ? 'Подписаться' : 'Вы подписаны';
  const after = before === 'Подписаться' ? 'Вы подписаны' : 'Подписаться';
  await (await following(before)).click();
  await (await following(after)).waitFor();

  // On paper.
  const print = await window.link('Версия для печати').first().getAttribute('href');
  await window.go(print);
  expect((await page.locator('body').innerText()).includes(comment), 'the printed page lacks the comment');
  if (window.scripts) {
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.length > 5000, 'the printed page is empty');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages >= 1 && pages <= 3, `it prints on ${pages} pages`);
  }
  await page.emulateMedia({ media: 'print' });
  await window.shot('flow-print');
  await page.emulateMedia({ media: 'screen' });

  // A clone.
  await window.go(`/cases/${number}`);
  await window.link('Клонировать').first().click();
  await page.waitForURL(/clone=/);
  expect((await window.field('Тема').inputValue()).includes(subject), 'the clone lacks the subject');
  expect((await window.field('Продукт').first().inputValue()) === 'Qapter Claims', 'the clone lacks the product');
}
