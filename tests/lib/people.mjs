// The people of the demo that tests act as. What the server prints at its start tells who they are and their passwords.

const roles = {
  customer: 'bykov@example.ru',
  manager: 'fomina@example.ru',
  agent: 'orlova@example.ru',
  administrator: 'zimina@example.ru',
};

// Others of the demo, who have the same password: a colleague of anton, a customer of another company and its manager.
const others = { colleague: 'lapin@avtoexpert.example', stranger: 'vorontsov@sk-shchit.example', rival: 'melnikova@sk-shchit.example' };

const names = { anton: 'Антон Быков' };
const companies = { anton: 'ООО «Автоэксперт»' };

/** @returns {Map<string, {email: string, password: string, name?: string, company?: string}>} by what scenarios call them */
export function people(output) {
  const passwords = new Map();
  for (const line of output.split('\n')) {
    const match = /^\s+([\w.+-]+@[\w.-]+\w)\s+(\S+)/.exec(line);
    if (match) passwords.set(match[1], match[2]);
  }
  const known = new Map();
  const add = (who, email, password) => known.set(who, { email, password, name: names[who], company: companies[who] });
  for (const [who, email] of Object.entries(roles)) {
    if (!passwords.has(email)) throw new Error(`the demo does not name ${email} when it starts:\n${output}`);
    add(who, email, passwords.get(email));
  }
  add('anton', roles.customer, passwords.get(roles.customer));
  for (const [who, email] of Object.entries(others)) add(who, email, passwords.get(roles.customer));
  return known;
}
