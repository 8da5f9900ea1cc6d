// What an operator does, and what happens to a server.
export default {
  async 'server is killed and started again'(world) {
    await world.server.kill();
    await world.server.start();
  },
  async 'server is stopped and started again'(world) {
    const how = await world.server.stop();
    world.expect(how.code === 0, `the server ended with ${how.code ?? how.signal}`);
    await world.server.start();
  },
  // Time cannot be made to pass, so the end of every session is brought forward while nobody serves.
  async 'all sessions expire'(world) {
    await world.server.stop();
    world.server.sql('UPDATE sessions SET expires_at = 1');
    await world.server.start();
  },
  // So is everything that cases and surveys wait for.
  async '{number} days pass'(world, days) {
    const microseconds = Number(days) * 24 * 3600 * 1_000_000;
    const back = (table, columns) => columns.map((column) =>
      `UPDATE ${table} SET ${column} = ${column} - ${microseconds} WHERE ${column} > 0;`).join('');
    await world.server.stop();
    world.server.sql(back('cases', ['solved_at', 'closed_at', 'close_warned_at']) +
      back('surveys', ['created_at', 'expires_at', 'answered_at', 'changed_at']) +
      'UPDATE schedules SET due_at = 1;');
    await world.server.start();
  },
  async 'somebody invites {word} to the company of {word}'(world, who, colleague) {
    const email = `${who}@example.ru`;
    const done = world.server.command('user', 'invite', email, '--name', 'Новый Человек', '--account', world.person(colleague).company,
      ...world.server.where());
    world.expect(done.code === 0, `otklik user invite: ${done.errors || done.output}`);
    world.people.set(who, { email, name: 'Новый Человек' });
  },
  'mails are listed on the command line with {text}'(world, wanted) {
    const done = world.server.command('mail', 'list', '--json', ...world.server.where());
    world.expect(done.code === 0, `otklik mail list: ${done.errors || done.output}`);
    const lines = done.output.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    world.expect(lines.some((mail) => JSON.stringify(mail).includes(wanted)), `no mail holds «${wanted}»: ${done.output.slice(0, 500)}`);
  },
};
