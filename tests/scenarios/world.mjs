// What a scenario has around it: the server, the people with their browsers, and what it has kept.
import { clean, section, words } from '../lib/names.mjs';
import { sleep } from '../lib/server.mjs';
import { Visitor } from '../lib/visitor.mjs';

/** A disappointed expectation, as against a fault of the test itself. */
export class Expectation extends Error {
  expected = true;
}

export class World {
  constructor({ server, people, slow }) {
    Object.assign(this, { server, people: new Map(people), slow });
    this.visitors = new Map();
    this.kept = new Map();
    this.last = undefined;
  }

  /** The browser of a person; everybody has one. */
  visitor(name) {
    let visitor = this.visitors.get(name);
    if (!visitor) this.visitors.set(name, (visitor = new Visitor(this.server.base, name)));
    return (this.last = visitor);
  }

  get page() {
    if (!this.last) throw new Error('nobody has opened a page yet');
    return this.last;
  }

  person(name) {
    const person = this.people.get(name);
    if (!person) throw new Error(`nobody is called ${name} here: ${[...this.people.keys()].join(', ')}`);
    return person;
  }

  keep(name, value) { this.kept.set(name, String(value)); }

  /** Puts what was kept into the place of {number}, and what is known of a person into {anton} or {anton.name}. */
  expand(text) {
    return text.replace(/\{(\w+)(?:\.(\w+))?\}/g, (whole, name, what = 'email') =>
      this.kept.get(name) ?? this.people.get(name)?.[what] ?? whole);
  }

  expect(holds, message) {
    if (!holds) throw new Expectation(message);
  }

  /** Waits for what happens by itself, such as mail. */
  async until(message, probe, seconds = 10) {
    const deadline = Date.now() + seconds * 1000 * this.slow;
    for (;;) {
      const found = await probe();
      if (found) return found;
      if (Date.now() > deadline) throw new Expectation(typeof message === 'function' ? message() : message);
      await sleep(50);
    }
  }

  /** The words of the page, or of one part of it. */
  words(part) {
    if (!part) return this.page.text;
    return clean(words(section(this.page.document, part)));
  }

  where() {
    if (!this.last?.answer) return '(no page)';
    const { path, status, title, text } = this.last;
    return `page ${path} (${status}) «${title}»: ${text.slice(0, 600)}`;
  }

  async end() {
    const how = await this.server.stop();
    this.expect(how.code === 0, `the server ended with ${how.code ?? how.signal}: ${this.server.tail()}`);
  }
}
