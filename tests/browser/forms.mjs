// What scripts add to forms: the look-up, uploads, drafts, one sending, and what stays when something goes wrong.
import { picture } from '../lib/picture.mjs';
import { expect } from './suite.mjs';

const file = (name, size = 2000) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'otklik ') });

export default async function forms(suite) {
  await suite.test('the product is looked up by keyboard', { who: 'anton' }, async (window, page) => {
    await window.go('/cases/new');
    const product = window.field('Продукт').first();
    const options = page.locator('.combobox[data-source] [role=option]');
    await product.pressSequentially('qa', { delay: 20 });
    await page.waitForTimeout(400);
    expect((await options.count()) === 0, `two characters are answered already: ${await page.locator('.combobox[data-source]').innerHTML()}`);
    await product.press('p');
    await options.nth(4).waitFor();
    expect((await product.getAttribute('role')) === 'combobox', 'it is no combobox');
    expect((await product.getAttribute('aria-expanded')) === 'true', 'it does not say that the list is open');
    await product.press('ArrowDown');
    const active = await product.getAttribute('aria-activedescendant');
    expect(active && (await page.locator(`[id="${active}"]`).count()) === 1, 'no option is active');
    await window.accessible();
    await product.press('Escape');
    expect((await product.getAttribute('aria-expanded')) === 'false', 'Escape does not close the list');
    await product.press('Enter');
    await options.nth(4).waitFor();
    expect(/\/cases\/new$/.test(page.url()), 'Enter sends the form instead of opening the list');
    await product.fill('');
    await product.pressSequentially('CLAI', { delay: 20 });
    await options.filter({ hasText: 'Qapter Claims' }).click();
    expect((await product.inputValue()) === 'Qapter Claims', `it holds «${await product.inputValue()}»`);
  });

  await suite.test('several files go up at once, one is removed', { who: 'anton' }, async (window, page) => {
    await window.go('/cases/new');
    await window.field('Загрузить файл').setInputFiles([file('журнал 1.txt'), file('журнал 2.txt', 3_000_000),
      { name: 'снимок.png', mimeType: 'image/png', buffer: picture() }]);
    await page.waitForFunction(() => document.querySelectorAll('input[name=upload]').length === 3);
    const forgotten = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
    await page.getByRole('button', { name: /журнал 1\.txt/ }).first().click();
    await page.waitForFunction(() => document.querySelectorAll('input[name=upload]').length === 2);
    await forgotten;
    await page.reload();
    await page.getByText('журнал 2.txt').first().waitFor();
    expect((await page.getByText('журнал 1.txt').count()) === 0, 'the removed file is back');
  });

  await suite.test('a draft survives a reload and a sign-out', { who: 'anton' }, async (window, page) => {
    await window.go('/cases/new');
    const text = `Черновик ${Date.now()}`;
    await window.field('Тема').fill(text);
    await window.field('Описание').fill('Ещё не дописано');
    await page.locator('[data-draft-note]').getByText(/\d{1,2}:\d{2}/).first().waitFor();
    await page.reload();
    expect((await window.field('Тема').inputValue()) === text, 'the reload lost the draft');
    await page.context().clearCookies();
    await window.signIn('anton');
    await window.go('/cases/new');
    expect((await window.field('Тема').inputValue()) === text, 'the sign-out lost the draft');
  });

  await suite.test('a double click opens one case', { who: 'anton' }, async (window, page) => {
    await window.go('/cases/new');
    const subject = `Двойной щелчок ${Date.now()}`;
    await window.field('Тема').fill(subject);
    await window.field('Описание').fill('Одно обращение');
    await window.field('Продукт').first().fill('Qapter Claims');
    await window.button('Отправить').dblclick();
    await page.waitForURL(/created/);
    await window.go(`/cases?view=mine&q=${encodeURIComponent(subject)}`);
    const found = await page.locator('main tbody tr').count();
    expect(found === 1, `there are ${found}`);
  });

  await suite.test('errors stand at their fields and lose nothing', { who: 'anton' }, async (window, page) => {
    window.expectComplaint(/422/);
    await window.go('/cases/new');
    await window.field('Тема').fill('');
    await window.field('Описание').fill('Это должно остаться');
    await window.button('Отправить').click();
    await page.getByRole('alert').first().waitFor();
    expect((await page.title()).startsWith('Ошибка:'), `the title is «${await page.title()}»`);
    expect((await window.field('Тема').getAttribute('aria-invalid')) === 'true', 'the subject is not marked');
    expect((await window.field('Описание').inputValue()) === 'Это должно остаться', 'the description is lost');
    await window.shot('new-error');
    await window.accessible();
  });

  await suite.test('the palette opens by keyboard and closes', { who: 'anton' }, async (window, page) => {
    await window.go('/');
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('dialog').waitFor();
    await window.accessible();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
}
