// The agent's day: a case arrives without reloading, is chosen and taken by the keyboard, gets a note and a solution; and
// the same without scripts.
import { Visitor } from '../lib/visitor.mjs';
import { expect } from './suite.mjs';

export default async function desk(suite) {
  await suite.test('a case arrives at the console, is taken by keys and solved', { who: 'agent', width: 1440 }, async (window, page) => {
    await window.go('/desk?queue=unassigned');
    const count = page.locator('.console-side [aria-current] .side-count');
    const before = Number(await count.innerText());
    const subject = `Живое обращение ${Date.now()}`;
    await open(suite, subject);
    const row = page.locator('.queue-table tbody tr', { hasText: subject });
    await row.waitFor({ timeout: 5000 });
    await page.waitForFunction((wanted) => Number(document.querySelector('.console-side [aria-current] .side-count').textContent) === wanted, before + 1);

    // By keys alone: down to the row, its preview, chosen, taken.
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press('KeyJ');
      if (await row.locator('.row-link').evaluate((link) => link === document.activeElement)) break;
    }
    await page.locator('#preview h2', { hasText: subject }).waitFor();
    await window.shot('desk-preview', { fullPage: false });
    await page.keyboard.press('KeyT');
    await page.getByText('Изменено 1 обращение').waitFor();
    expect((await row.count()) === 0, 'the taken case is still nobody\'s');

    // A note looks like one and goes nowhere.
    await window.go('/desk?queue=mine');
    await page.locator('.row-link', { hasText: subject }).click();
    await page.locator('#preview h2', { hasText: subject }).waitFor();
    await page.keyboard.press('KeyR');
    await page.keyboard.type('Только для своих');
    await page.getByRole('radio', { name: 'Внутренняя заметка' }).check();
    expect(!(await page.getByRole('button', { name: 'Ответить', exact: true }).isVisible()), 'a note shows a button that answers the customer');
    await window.shot('desk-note', { fullPage: false });
    await page.getByRole('button', { name: 'Сохранить заметку' }).click();
    await page.getByText('Заметка сохранена').waitFor();

    await page.locator('.row-link', { hasText: subject }).press('Enter');
    await page.waitForURL(/\/cases\/\d{8}$/);
    await page.getByText('Только для своих').waitFor();
    await window.field('Новый комментарий').fill('Обновите драйвер');
    await page.getByRole('button', { name: 'Предложить решение' }).click();
    await page.getByText('Решение предложено клиенту').waitFor();
    await window.shot('desk-solved');
  });

  await suite.test('an agent works without scripts', { who: 'agent', scripts: false, width: 1440 }, async (window, page) => {
    const subject = `Без скриптов ${Date.now()}`;
    await open(suite, subject);
    await window.go('/desk?queue=unassigned');
    await page.locator('tr', { hasText: subject }).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Взять себе' }).click();
    await page.getByText('Изменено 1 обращение').waitFor();
    await page.getByRole('button', { name: 'Отменить' }).click();
    await page.getByText('Действие отменено').waitFor();
    await page.locator('.row-link', { hasText: subject }).click();
    await window.field('Новый комментарий').fill('Уточните версию');
    await page.getByRole('button', { name: 'Ответить и ждать клиента' }).click();
    await page.getByText('Ответ отправлен клиенту').waitFor();
  });
}

// A customer's case, opened by another hand.
async function open(suite, subject) {
  const visitor = new Visitor(suite.server.base, 'anton');
  const { email, password } = suite.people.get('anton');
  await visitor.go('/sign-in');
  visitor.fill('Имя пользователя', email);
  visitor.fill('Пароль', password);
  await visitor.press('Войти');
  await visitor.go('/cases/new');
  visitor.fill('Тема', subject);
  visitor.fill('Описание', 'Проверка очереди');
  visitor.fill('Продукт', 'Qapter Claims');
  await visitor.press('Отправить');
  expect(visitor.status === 200, `no case was opened: ${visitor.status}`);
}
