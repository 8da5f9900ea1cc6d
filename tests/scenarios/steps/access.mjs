// Asking to be let in, and those who decide.

export default {
  // Somebody without an account, whose mail the ledger holds.
  '{word} is reached at {text}'(world, who, email) { world.people.set(who, { email }); },

  async '{word} asks for access as {text} of {text}'(world, who, name, company) {
    const visitor = world.visitor(who);
    await visitor.go('/access');
    visitor.fill('Имя и фамилия', name);
    visitor.fill('Рабочая почта', world.person(who).email);
    visitor.fill('Компания', company);
    await visitor.press('Отправить запрос');
    world.expect(visitor.status === 200 && visitor.text.includes('Запрос отправлен'),
      `the request was answered with ${visitor.status}: ${visitor.text.slice(0, 300)}`);
  },
  async '{word} and {word} press {text} at once'(world, one, other, name) {
    const visitors = [one, other].map((who) => world.visitor(who));
    const what = visitors.map((visitor) => visitor.prepare(name));
    await Promise.all(visitors.map((visitor, i) => visitor.go(what[i])));
    for (const visitor of visitors) world.expect(visitor.status === 200, `${visitor.name} is answered with ${visitor.status}`);
  },
  'address of {text} is kept as {word}'(world, button, name) {
    const control = world.page.button(button);
    world.keep(name, control.getAttribute('formaction') ?? control.closest('form').getAttribute('action'));
  },
};
