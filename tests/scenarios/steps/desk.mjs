// What agents do: each act in one sentence, by the forms of the pages.
import { clean, words } from '../../lib/names.mjs';

async function write(world, who, text, kind, button, files = []) {
  const visitor = world.visitor(who);
  await visitor.go(`/cases/${world.kept.get('number')}`);
  visitor.fill('Новый комментарий', text);
  if (files.length) visitor.attach('Приложить файлы к комментарию', files);
  visitor.fill(kind, true);
  await visitor.press(button);
}

const rows = (world) => [...world.page.document.querySelectorAll('.queue-table tbody tr')].map((row) => clean(words(row)));

export default {
  '{word} answers {text}': (world, who, text) => write(world, who, text, 'Ответ клиенту', 'Ответить'),
  '{word} answers and waits {text}': (world, who, text) => write(world, who, text, 'Ответ клиенту', 'Ответить и ждать клиента'),
  '{word} answers and waits {text} with file {text} holding {text}': (world, who, text, filename, content) =>
    write(world, who, text, 'Ответ клиенту', 'Ответить и ждать клиента', [{ filename, content }]),
  '{word} proposes the solution {text}': (world, who, text) => write(world, who, text, 'Ответ клиенту', 'Предложить решение'),
  '{word} writes the note {text}': (world, who, text) => write(world, who, text, 'Внутренняя заметка', 'Сохранить заметку'),
  '{word} presses {text} for a note': (world, who, button) => write(world, who, 'Секретная заметка', 'Внутренняя заметка', button),

  async '{word} changes {text} of the case to {text}'(world, who, field, choice) {
    const visitor = world.visitor(who);
    await visitor.go(`/cases/${world.kept.get('number')}`);
    visitor.fill(field, choice);
    await visitor.press('Сохранить');
  },
  async '{word} begins to work on the case'(world, who) {
    const visitor = world.visitor(who);
    await visitor.go(`/cases/${world.kept.get('number')}`);
  },
  async '{word} finishes with {text}'(world, who, text) {
    const visitor = world.visitor(who);
    visitor.fill('Новый комментарий', text);
    visitor.fill('Ответ клиенту', true);
    await visitor.press('Ответить');
  },
  'queue holds case {number}'(world, number) {
    world.expect(rows(world).some((row) => row.includes(number)), `the queue has ${rows(world).length} rows and no ${number}`);
  },
  'queue holds no case {number}'(world, number) {
    world.expect(!rows(world).some((row) => row.includes(number)), `the queue has ${number}`);
  },
  async '{word} takes case {number} in the queue {word}'(world, who, number, queue) {
    const visitor = world.visitor(who);
    await visitor.go(`/desk?queue=${queue}`);
    visitor.fill(`Выбрать ${number}`, true);
    await visitor.press('Взять себе');
  },
};
