// Requests that no page of ours makes.
import net from 'node:net';
import { multipart } from '../../lib/http.mjs';
import { sleep } from '../../lib/server.mjs';

const form_type = 'application/x-www-form-urlencoded';

/** Bytes to the port as they are; gives what came back until the end or the time is over. */
function raw(world, text, { slowly = 0, seconds = 10 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(world.server.port, '127.0.0.1');
    const parts = [];
    const end = () => { socket.destroy(); resolve(Buffer.concat(parts).toString('utf8')); };
    const timer = setTimeout(end, seconds * 1000 * world.slow);
    socket.on('data', (part) => parts.push(part));
    socket.on('close', () => { clearTimeout(timer); end(); });
    socket.on('error', (error) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? end() : reject(error)));
    socket.on('connect', async () => {
      if (!slowly) { socket.write(text); return; }
      for (let i = 0; i < text.length && !socket.destroyed; ++i) { socket.write(text[i]); await sleep(slowly); }
    });
  });
}

const status_of = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

export default {
  async '{word} sends {text} to {path} without proof'(world, who, body, path) {
    const visitor = world.visitor(who);
    await visitor.send({ method: 'POST', path, headers: { 'content-type': form_type }, body });
  },
  async '{word} sends {text} to {path}'(world, who, body, path) {
    const visitor = world.visitor(who);
    const proof = visitor.proof;
    await visitor.send({ method: 'POST', path, headers: { 'content-type': form_type }, body: `csrf=${encodeURIComponent(proof)}&${encodeURI(body)}` });
  },
  async '{word} sends a file {text} of {size} to {path}'(world, who, filename, size, path) {
    const visitor = world.visitor(who);
    const form = multipart([['csrf', visitor.proof], ['files', { filename, content: 'x'.repeat(Number(size)) }]]);
    await visitor.send({ method: 'POST', path, headers: { 'content-type': form.type }, body: form.body });
  },
  async '{word} calls {path} with method {text}'(world, who, path, method) {
    await world.visitor(who).send({ method, path });
  },
  async '{word} sends {text} as {text} to {path}'(world, who, body, type, path) {
    const visitor = world.visitor(who);
    await visitor.send({ method: 'POST', path, headers: { 'content-type': type, 'x-csrf-token': visitor.proof }, body });
  },
  async '{word} fills {text} with bytes that are no text and presses {text}'(world, who, name, button) {
    const visitor = world.visitor(who);
    const field = visitor.field(name).getAttribute('name');
    const what = visitor.prepare(button, (pairs) => pairs.filter(([key]) => key !== field));
    if (Buffer.isBuffer(what.body)) {
      // One more part, with bytes that are no UTF-8.
      const boundary = /boundary=(\S+)/.exec(what.headers['content-type'])[1];
      const part = Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n`),
        Buffer.from([0x41, 0xff, 0xfe, 0xc3, 0x28]), Buffer.from('\r\n')]);
      what.body = Buffer.concat([part, what.body]);
    } else {
      what.body += `&${field}=A%FF%FE%C3%28`;
    }
    await visitor.go(what);
  },
  async '{word} sends the form with {text} as {text} and presses {text}'(world, who, name, value, button) {
    const visitor = world.visitor(who);
    await visitor.press(button, (pairs) => [...pairs.filter(([key]) => key !== name), [name, value]]);
  },
  async '{word} forgets {text} and presses {text}'(world, who, name, button) {
    const visitor = world.visitor(who);
    await visitor.press(button, (pairs) => pairs.filter(([key]) => key !== name));
  },
  async '{word} and {word} get the same answer for {path} and {path}'(world, one, other, first, second) {
    const left = await world.visitor(one).send({ path: first });
    const right = await world.visitor(other).send({ path: second });
    const strip = (answer, path) => answer.text.replaceAll(encodeURIComponent(path), '').replaceAll(path, '')
      .replaceAll(/[0-9a-f]{16}/g, '').replaceAll(/value="[\w-]{20,}"/g, '').replaceAll(/content="[\w-]{20,}"/g, '');
    world.expect(left.status === right.status, `${first}: ${left.status}, ${second}: ${right.status}`);
    world.expect(strip(left, first) === strip(right, second), 'the answers differ');
  },
  async 'a head of {size} is answered with {number}'(world, size, status) {
    const filler = 'x'.repeat(4000);
    const lines = Array.from({ length: Math.ceil(Number(/\d+/.exec(size)) * (size.includes('K') ? 1024 : 1) / 4016) }, (_, i) => `X-Filler-${i}: ${filler}`);
    const answer = await raw(world, `GET / HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}\r\n\r\n`);
    world.expect(status_of(answer) === Number(status), `it is answered with ${answer.slice(0, 100) || 'nothing'}`);
  },
  async 'an address of {size} is answered with {number}'(world, size, status) {
    const answer = await raw(world, `GET /${'a'.repeat(Number(/\d+/.exec(size)) * (size.includes('K') ? 1024 : 1))} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    world.expect(status_of(answer) === Number(status), `it is answered with ${answer.slice(0, 100) || 'nothing'}`);
  },
  async 'the bytes {text} are answered with {number}'(world, text, status) {
    const answer = await raw(world, text, { seconds: 5 });
    world.expect(status_of(answer) === Number(status), `they are answered with ${answer.slice(0, 100) || 'nothing'}`);
  },
  async 'a client that sends a letter a second is not waited for longer than {number} seconds'(world, seconds) {
    const started = Date.now();
    await raw(world, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ' + 'a'.repeat(200), { slowly: 1000, seconds: Number(seconds) + 5 });
    const waited = (Date.now() - started) / 1000;
    world.expect(waited <= Number(seconds) + 2, `it was waited for ${waited.toFixed(0)} s`);
  },
};
