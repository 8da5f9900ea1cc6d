// The mails of a running demo, as its mailbox shows them to people.
import { clean } from './names.mjs';
import { Visitor } from './visitor.mjs';

const read = new WeakMap(); // server -> mails already read, by their address

/** @returns {Promise<{to: string, subject: string, text: string, html: string}[]>} oldest first, of the last page */
export async function ledger(server) {
  if (!read.has(server)) read.set(server, new Map());
  const known = read.get(server);
  const visitor = new Visitor(server.base, 'postman');
  await visitor.go('/demo/mail');
  if (visitor.status !== 200) throw new Error(`/demo/mail: ${visitor.status}`);
  const addresses = [...visitor.document.querySelectorAll('.link-list a')].map((a) => a.getAttribute('href').replace(/#.*/, ''))
    .filter((href) => /^\/demo\/mail\/\d+$/.test(href));
  for (const address of addresses) {
    if (known.has(address)) continue;
    await visitor.go(address);
    const value = (i) => clean(visitor.document.querySelectorAll('article dd')[i]?.textContent);
    const text = visitor.document.querySelector('pre').textContent;
    const subject = clean(visitor.document.querySelector('article h2').textContent);
    const to = /<(.*)>/.exec(value(0))?.[1] ?? value(0);
    const { text: html } = await visitor.send({ path: `${address}/html` });
    known.set(address, { to, subject, text, html });
  }
  return addresses.map((address) => known.get(address)).reverse();
}
