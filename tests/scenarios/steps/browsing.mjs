// Looking at pages, filling in and sending forms.
import { picture } from '../../lib/picture.mjs';
import { all, clean, nameOf } from '../../lib/names.mjs';
import { bytes } from '../script.mjs';

const holds = (text, wanted) => clean(text).toLowerCase().includes(clean(wanted).toLowerCase());

export default {
  async '{word} signs in'(world, who) {
    const { email, password } = world.person(who);
    const visitor = world.visitor(who);
    await visitor.go('/sign-in');
    visitor.fill('Имя пользователя', email);
    visitor.fill('Пароль', password);
    await visitor.press('Войти');
    world.expect(visitor.status === 200 && visitor.path !== '/sign-in', `${who} is not let in: ${visitor.text.slice(0, 300)}`);
  },
  async '{word} tries to sign in with password {text}'(world, who, password) {
    const visitor = world.visitor(who);
    await visitor.go('/sign-in');
    visitor.fill('Имя пользователя', world.person(who).email);
    visitor.fill('Пароль', password);
    await visitor.press('Войти');
  },
  async '{word} tries to sign in as {text} with password {text}'(world, who, email, password) {
    const visitor = world.visitor(who);
    await visitor.go('/sign-in');
    visitor.fill('Имя пользователя', email);
    visitor.fill('Пароль', password);
    await visitor.press('Войти');
  },
  async '{word} signs out'(world, who) {
    await world.visitor(who).press('Выйти');
  },
  async '{word} is signed in'(world, who) {
    await world.visitor(who).go('/profile');
    world.expect(world.page.path.startsWith('/profile'), `${who} stands at ${world.page.path}`);
  },
  async '{word} is not signed in'(world, who) {
    await world.visitor(who).go('/profile');
    world.expect(world.page.path.startsWith('/sign-in'), `${who} stands at ${world.page.path}`);
  },
  async '{word} opens {path}'(world, who, path) {
    await world.visitor(who).go(encodeURI(decodeURI(path)));
  },
  async '{word} speaks {word}'(world, who, language) {
    const visitor = world.visitor(who);
    visitor.cookies.set('language', language);
  },
  async '{word} clicks {text}'(world, who, name) { await world.visitor(who).click(name); },
  async '{word} presses {text}'(world, who, name) { await world.visitor(who).press(name); },
  async '{word} presses {text} twice at once'(world, who, name) {
    const visitor = world.visitor(who);
    const what = visitor.prepare(name);
    const twin = Object.assign(Object.create(Object.getPrototypeOf(visitor)), visitor, { filled: new Map() });
    await Promise.all([visitor.go(what), twin.go(what)]);
    world.keep('first', visitor.path);
    world.keep('second', twin.path);
    world.expect(visitor.path === twin.path, `one went to ${visitor.path}, the other to ${twin.path}`);
  },
  async '{word} remembers what {text} sends'(world, who, name) {
    const visitor = world.visitor(who);
    visitor.remembered = visitor.prepare(name);
  },
  async '{word} sends it'(world, who) { await world.visitor(who).go(world.visitor(who).remembered); },
  async '{word} fills {text} with {text}'(world, who, name, value) { world.visitor(who).fill(name, value); },
  async '{word} chooses {text} in {text}'(world, who, value, name) { world.visitor(who).fill(name, value); },
  async '{word} fills {text} with {size} of letters'(world, who, name, size) {
    world.visitor(who).fill(name, 'щ'.repeat(bytes(size) / 2));
  },
  async '{word} attaches {text} with {text} to {text}'(world, who, filename, content, name) {
    world.visitor(who).attach(name, [{ filename, content }]);
  },
  async '{word} attaches {text} of {size} to {text}'(world, who, filename, size, name) {
    world.visitor(who).attach(name, [{ filename, content: Buffer.alloc(bytes(size), 'otklik ') }]);
  },
  async '{word} attaches the picture {text} to {text}'(world, who, filename, name) {
    const content = picture();
    world.visitor(who).attach(name, [{ filename, content, type: 'image/png' }]);
  },
  async '{word} attaches {number} files to {text}'(world, who, count, name) {
    world.visitor(who).attach(name, Array.from({ length: Number(count) }, (_, i) => ({ filename: `файл-${i + 1}.txt`, content: `файл ${i + 1}` })));
  },

  'title is {text}'(world, wanted) {
    world.expect(world.page.title === wanted || world.page.title.startsWith(wanted + ' · '), `the title is «${world.page.title}»`);
  },
  'title begins with {text}'(world, wanted) {
    world.expect(world.page.title.startsWith(wanted), `the title is «${world.page.title}»`);
  },
  'status is {number}'(world, wanted) { world.expect(world.page.status === Number(wanted), `the status is ${world.page.status}`); },
  'address is {path}'(world, wanted) { world.expect(world.page.path === wanted, `the address is ${world.page.path}`); },
  'address is kept as {word}'(world, name) { world.keep(name, world.page.path); },
  'address begins with {path}'(world, wanted) { world.expect(world.page.path.startsWith(wanted), `the address is ${world.page.path}`); },
  'page shows {text}'(world, wanted) { world.expect(holds(world.words(), wanted), `the page does not show «${wanted}»`); },
  'page does not show {text}'(world, wanted) { world.expect(!holds(world.words(), wanted), `the page shows «${wanted}»`); },
  'page source holds {text}'(world, wanted) { world.expect(world.page.answer.text.includes(wanted), `the source does not hold ${wanted}`); },
  'page source does not hold {text}'(world, wanted) { world.expect(!world.page.answer.text.includes(wanted), `the source holds ${wanted}`); },
  '{word} sees {text} in {text}'(world, who, wanted, part) {
    world.visitor(who);
    world.expect(holds(world.words(part), wanted), `«${part}» holds no «${wanted}»: ${world.words(part).slice(0, 400)}`);
  },
  '{word} does not see {text} in {text}'(world, who, wanted, part) {
    world.visitor(who);
    world.expect(!holds(world.words(part), wanted), `«${part}» holds «${wanted}»`);
  },
  '{word} sees {text}'(world, who, wanted) {
    world.visitor(who);
    world.expect(holds(world.words(), wanted), `the page does not show «${wanted}»`);
  },
  'field {text} holds {text}'(world, name, wanted) {
    const value = world.page.value(name).replace(/\r\n/g, '\n');
    world.expect(value === wanted, `«${name}» holds «${value.slice(0, 200)}»`);
  },
  'field {text} holds {size} of letters'(world, name, size) {
    const value = world.page.value(name);
    world.expect(value === 'щ'.repeat(bytes(size) / 2), `«${name}» holds ${value.length} letters`);
  },
  'field {text} is marked as wrong with {text}'(world, name, message) {
    const field = world.page.field(name);
    const ids = (field.getAttribute('aria-describedby') ?? '').split(/\s+/).concat((field.getAttribute('aria-errormessage') ?? '').split(/\s+/));
    const said = ids.map((id) => id && world.page.document.getElementById(id)).filter(Boolean).map((e) => clean(e.textContent)).join(' ');
    world.expect(field.getAttribute('aria-invalid') === 'true', `«${name}» is not marked as wrong`);
    world.expect(holds(said, message), `«${name}» is told «${said}»`);
  },
  'there is a link {text}'(world, name) { world.page.link(name); },
  'there is a button {text}'(world, name) { world.page.button(name); },
  'there is no button {text}'(world, name) { world.expect(!world.page.has('button', name), `there is a button «${name}»`); },
  'there is no link {text}'(world, name) { world.expect(!world.page.has('link', name), `there is a link «${name}»`); },
  'there is a field {text}'(world, name) { world.page.field(name); },
  'field {text} offers {text}'(world, name, wanted) {
    const options = [...world.page.field(name).querySelectorAll('option')].map((o) => clean(o.textContent || o.getAttribute('value')));
    world.expect(options.includes(wanted), `«${name}» offers ${options.join(', ')}`);
  },
  'choices offer {text}'(world, wanted) {
    const offered = [...world.page.document.querySelectorAll('option, [role=option], input[type=radio], li')].map((e) => nameOf(e) || e.getAttribute('value'));
    world.expect(offered.some((name) => holds(name, wanted)), `offered: ${offered.join(', ').slice(0, 300)}`);
  },
  'link {text} goes to {path}'(world, name, wanted) {
    world.expect(all(world.page.document, 'link', name).some((a) => a.getAttribute('href') === wanted), `«${name}» goes elsewhere`);
  },
  'header {text} is {text}'(world, name, wanted) {
    world.expect(world.page.answer.headers[name.toLowerCase()] === wanted, `${name} is ${world.page.answer.headers[name.toLowerCase()]}`);
  },
  'header {text} holds {text}'(world, name, wanted) {
    const value = String(world.page.answer.headers[name.toLowerCase()] ?? '');
    world.expect(value.includes(wanted), `${name} is ${value}`);
  },
  'header {text} does not hold {text}'(world, name, wanted) {
    const value = String(world.page.answer.headers[name.toLowerCase()] ?? '');
    world.expect(!value.includes(wanted), `${name} is ${value}`);
  },
  'answer is {text}'(world, wanted) { world.expect(world.page.answer.text === wanted, `the answer is «${world.page.answer.text.slice(0, 200)}»`); },
  'answer has {size}'(world, size) { world.expect(world.page.answer.body.length === bytes(size), `the answer has ${world.page.answer.body.length} bytes`); },
};
