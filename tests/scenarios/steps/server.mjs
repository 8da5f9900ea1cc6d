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
  async 'somebody invites {text} of the same company as {word}'(world, email, who) {
    const done = world.server.command('user', 'invite', '--data', world.server.data, '--email', email, '--name', 'Новый Человек',
      '--colleague-of', world.person(who).email);
    world.expect(done.code === 0, `otklik user invite: ${done.errors || done.output}`);
    const link = /https?:\/\/\S+/.exec(done.output)?.[0];
    if (link) world.keep('link', new URL(link).pathname);
  },
};
