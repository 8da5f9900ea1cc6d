// The people of the demo company, as the server names them when it starts.

/**
 * Everybody with a password in the words the demo prints, by role and by the first part of their address:
 * `customer`, `manager`, `agent`, `administrator`, and such as `anton`.
 * @returns {Map<string, {email: string, password: string}>}
 */
export function people(output) {
  const found = new Map();
  const roles = [['customer', /customer|клиент|пользователь/i], ['manager', /manager|руководитель|менеджер/i],
    ['administrator', /admin|администратор/i], ['agent', /agent|специалист/i]];
  for (const line of output.split('\n')) {
    const match = /([\w.+-]+@[\w.-]+)\s+(\S+)/.exec(line);
    if (!match) continue;
    const person = { email: match[1], password: match[2] };
    const role = roles.find(([, pattern]) => pattern.test(line.replace(match[0], '')))?.[0];
    if (role && !found.has(role)) found.set(role, person);
    const first = person.email.split('@')[0].split('.')[0];
    if (!found.has(first)) found.set(first, person);
  }
  return found;
}
