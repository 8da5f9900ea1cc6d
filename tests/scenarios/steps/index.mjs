// Every sentence that scenarios may use, by what it is about.
import { sentence, unquote } from '../script.mjs';
import abuse from './abuse.mjs';
import access from './access.mjs';
import browsing from './browsing.mjs';
import cases from './cases.mjs';
import desk from './desk.mjs';
import mail from './mail.mjs';
import server from './server.mjs';

const steps = [browsing, cases, desk, mail, server, abuse, access].flatMap((group) =>
  Object.entries(group).map(([pattern, run]) => ({ pattern, test: sentence(pattern), run })));

/** The step that a line asks for, and the words in its gaps. Without a world only whether there is one. */
export function find(line, world) {
  // Before the run nobody knows what {number} or {link} will be: a number or an address.
  const readings = world ? [world.expand(line)] : ['00000001', '/somewhere'].map((value) => line.replace(/\{[\w.]+\}/g, value));
  for (const text of readings) {
    for (const step of steps) {
      const match = step.test.exec(text);
      if (match) return { step, words: match.slice(1).map((word) => (word === undefined ? word : unquote(word))) };
    }
  }
  return undefined;
}
