// Three people at once, each in a window of their own: what one does, the others see without reloading.
import { ledger } from '../lib/ledger.mjs';
import { sleep } from '../lib/server.mjs';
import { expect } from './suite.mjs';

export default async function together(suite) {
  await suite.test('a customer, an agent and an administrator at one case', { who: 'anton' }, async (customer, page) => {
    const agent = await customer.beside('agent');
    const administrator = await customer.beside('administrator');
    const subject = `Втроём за одним обращением ${Date.now()}`;
    await agent.go('/desk?queue=unassigned');
    await administrator.go('/desk?queue=all');
    const row = (window) => window.page.locator('.queue-table tbody tr', { hasText: subject });

    // It arrives at both consoles.
    await customer.go('/cases/new');
    await customer.field('Тема').fill(subject);
    await customer.field('Описание').fill('Видно сразу');
    await customer.field('Продукт').first().fill('Qapter Claims');
    await page.keyboard.press('Escape');
    await customer.button('Отправить').click();
    await page.waitForURL(/\/cases\/\d{8}\/created/);
    const number = /\/cases\/(\d{8})/.exec(page.url())[1];
    await row(agent).waitFor({ timeout: 5000 });
    await row(administrator).waitFor({ timeout: 5000 });

    // One takes it: for the other it has an owner.
    await row(agent).getByRole('checkbox').check();
    await agent.button('Взять себе').click();
    await agent.page.getByText('Изменено 1 обращение').waitFor();
    await row(administrator).getByText('В работе').waitFor({ timeout: 5000 });

    // Both answer at once: the second is told what came in between, and keeps the words.
    for (const window of [agent, administrator]) {
      await window.go(`/cases/${number}`);
      await window.field('Новый комментарий').fill(`Отвечает ${window.who}`);
    }
    await agent.button('Ответить').click();
    await agent.page.getByText('Ответ отправлен клиенту').waitFor();
    administrator.expectComplaint(/409/);
    await administrator.button('Ответить').click();
    await administrator.page.getByText('Пока вы писали, обращение изменилось').first().waitFor();
    await administrator.page.locator('.new-since', { hasText: 'Отвечает agent' }).waitFor();
    expect(await administrator.field('Новый комментарий').inputValue() === 'Отвечает administrator', 'the words of the second are gone');
    await administrator.accessible();
    await administrator.shot('together-stale');
    await administrator.page.getByRole('radio', { name: 'Внутренняя заметка' }).check();
    await administrator.button('Сохранить заметку').click();
    await administrator.page.getByText('Заметка сохранена').waitFor();

    // The customer has the one answer, and says that the solution helped.
    await agent.go(`/cases/${number}`);
    await agent.field('Новый комментарий').fill('Готово, проверьте');
    await agent.button('Предложить решение').click();
    await agent.page.getByText('Решение предложено клиенту').waitFor();
    await customer.go(`/cases/${number}`);
    await page.getByText('Отвечает agent').waitFor();
    expect(!(await page.content()).includes('Отвечает administrator'), 'the customer reads a note');
    await administrator.go('/desk?queue=all');
    await row(administrator).getByText('Решение предложено').waitFor();
    await customer.button('Решение помогло').click();
    await page.getByText('Спасибо за ответ. Обращение закрыто').waitFor();
    await row(administrator).waitFor({ state: 'detached', timeout: 5000 });

    // The survey's link in the mail, sent by a press.
    const survey = await mail(suite, `Оцените работу поддержки по обращению № ${number}`);
    await customer.go(survey);
    await customer.button('Отправить оценку').click();
    await page.getByText('Спасибо, оценка принята').waitFor();
    await agent.go(`/cases/${number}`);
    await agent.page.getByText('5 из 5').first().waitFor();
    await agent.accessible();
    await agent.shot('together-surveyed');
    for (const window of [agent, administrator]) await window.close();
  });
}

/** The link «5 Отлично» of the newest mail with that subject. */
async function mail(suite, subject) {
  for (let i = 0; i < 100; ++i) {
    const found = (await ledger(suite.server)).filter((m) => m.subject.includes(subject)).at(-1);
    const link = /5 Отлично:\n(\S+)/.exec(found?.text ?? '')?.[1];
    if (link) return new URL(link).pathname + new URL(link).search;
    await sleep(50);
  }
  throw new Error(`no mail «${subject}» with a link came`);
}
