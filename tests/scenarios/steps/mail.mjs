// The ledger of outgoing mail.
import { ledger } from '../../lib/ledger.mjs';

const to = async (world, who) => (await ledger(world.server)).filter((mail) => mail.to === world.person(who).email);

async function arrived(world, who, what, holds) {
  let mails = [];
  const mail = await world.until(
    () => `no mail to ${who} ${what}; there are: ${mails.map((m) => `«${m.subject}»`).join(', ') || 'none'}`,
    async () => { mails = await to(world, who); return mails.filter(holds).at(-1); }, 10);
  world.mail = mail;
  return mail;
}

/** The address that stands below these words in the text of the mail. */
function link_named(world, name) {
  const lines = world.mail.text.split('\n');
  const at = lines.findIndex((line) => line.trim() === `${name}:`);
  world.expect(at >= 0 && /^https?:/.test(lines[at + 1] ?? ''), `the mail has no link «${name}»: ${world.mail.text}`);
  const address = new URL(lines[at + 1]);
  return address.pathname + address.search;
}

export default {
  'mail to {word} has subject {text}': (world, who, subject) => arrived(world, who, `has the subject «${subject}»`, (m) => m.subject.includes(subject)),
  'mail to {word} says {text}': (world, who, text) => arrived(world, who, `says «${text}»`, (m) => m.text.includes(text)),
  'mail says {text}'(world, text) { world.expect(world.mail.text.includes(text), `the mail says: ${world.mail.text}`); },
  'mail has text and HTML'(world) {
    world.expect(world.mail.text.trim() && world.mail.html.includes('<'), 'the mail lacks a part');
  },
  async '{number} mails to {word} name {text}'(world, count, who, text) {
    const found = (await to(world, who)).filter((m) => (m.subject + m.text).includes(text));
    world.expect(found.length === Number(count), `${found.length} mails to ${who} name ${text}`);
  },
  async 'temporary password of {word} is kept'(world, who) {
    const mail = await arrived(world, who, 'brings a temporary password', (m) => /пароль/i.test(m.subject));
    const found = /^\s*([A-Za-z0-9-]{8,})\s*$/m.exec(mail.text) ?? /[Пп]ароль[^:\n]*:\s*(\S+)/u.exec(mail.text);
    world.expect(found, `the mail holds no password: ${mail.text}`);
    world.keep('password', found[1]);
  },
  async 'link in the mail is kept as {word}'(world, name) {
    const link = /https?:\/\/\S+\/password\/set\/\S+/.exec(world.mail.text)?.[0];
    world.expect(link, `the mail holds no link: ${world.mail.text}`);
    world.keep(name, new URL(link).pathname);
  },
  async 'no mail to {word} has subject {text}'(world, who, subject) {
    const found = (await to(world, who)).filter((m) => m.subject.includes(subject));
    world.expect(!found.length, `there is «${found[0]?.subject}»`);
  },
  async '{word} follows {text} in the mail'(world, who, name) {
    await world.visitor(who).go(link_named(world, name));
  },
  async '{text} in the mail is kept as {word}'(world, name, kept) { world.keep(kept, link_named(world, name)); },
  async '{word} follows the link in the mail'(world, who) {
    const link = /https?:\/\/\S+/.exec(world.mail.text)?.[0].replace(/[.,>)]+$/, '');
    world.expect(link, `the mail holds no link: ${world.mail.text}`);
    const address = new URL(link);
    await world.visitor(who).go(address.pathname + address.search);
  },
};
