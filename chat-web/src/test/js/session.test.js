import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../main/resources/META-INF/resources/chat/failure.js';
import { ChatSession } from '../../main/resources/META-INF/resources/chat/session.js';
import { notPublished, sentence } from '../../main/resources/META-INF/resources/chat/words.js';
import { isPrivate } from '../../main/resources/META-INF/resources/view/join.js';
import { FakeService, refused } from './fake-service.js';

const lost = () => {
  throw Failure.ofNetwork('lost');
};
const replyLost = (_, answer) => {
  answer();
  throw Failure.ofNetwork('the reply was lost');
};

/** A participant that remembers what it heard. */
function participant(service, name, { hear = {}, ...more } = {}) {
  const heard = { events: [], states: [], pending: [], failed: [], told: [], rejoined: [], missed: [], ended: [], steps: [] };
  const session = new ChatSession({
    name,
    transport: service.transport(),
    sleep: (ms) => new Promise((resolve) => ms < 5000 && setImmediate(resolve)),
    listener: {
      received: (event, clock) => heard.events.push({ ...event, clock }),
      state: (state) => heard.states.push(state),
      pending: (pending) => (heard.pending = pending.map(({ text }) => text)),
      failed: (message, failure) => {
        heard.failed.push({ text: message.text, reason: failure.reason ?? failure.code });
        heard.told.push(notPublished(failure));
      },
      rejoined: (reply, after) => heard.rejoined.push(after),
      missed: (after, before) => heard.missed.push([after, before]),
      ended: (reason) => heard.ended.push(reason),
      step: (step) => heard.steps.push(step),
      ...hear,
    },
    ...more,
  });
  return { session, heard };
}

/** The transport of a page that is gone from some time on: it hears nothing more. */
function untilGone(service, isGone) {
  const transport = service.transport();
  const never = () => new Promise(() => {});
  return {
    ...transport,
    unary: (...call) => (isGone() ? never() : transport.unary(...call)),
    stream: (...call) => (isGone() ? { [Symbol.asyncIterator]: () => ({ next: never }) } : transport.stream(...call)),
  };
}

async function until(condition, what = String(condition)) {
  for (let i = 0; i < 2000; i++) {
    if (condition()) {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`not seen: ${what}`);
}

const said = (heard) => heard.events.filter((event) => event.type === 'PUBLISHED').map((event) => event.text);

/** Each record of a log has the clock that the rules of Lamport time give it. */
function checkLog(lines) {
  let clock = 0;
  for (const line of lines) {
    const field = (key) => line.match(new RegExp(` ${key}=(\\S+)`))?.[1];
    const now = Number(field('clock'));
    if (field('kind') === 'send') {
      assert.equal(now, clock + 1, line);
    } else if (field('lamport') !== undefined) {
      assert.equal(now, Math.max(clock, Number(field('lamport'))) + 1, line);
    } else {
      assert.equal(now, clock, line);
    }
    clock = now;
  }
}

test('a newcomer receives its own join first, and its clock follows the rules', async () => {
  const service = new FakeService();
  service.say('before', 'earlier');
  const { session, heard } = participant(service, 'alice');
  await session.join();
  session.publish('hello');
  await until(() => said(heard).includes('hello'));
  assert.equal(heard.events[0].type, 'JOINED');
  assert.deepEqual(said(heard), ['hello']);
  await until(() => heard.pending.length === 0);
  checkLog(session.log.lines);
  assert.deepEqual(heard.states.slice(0, 2), ['connecting', 'live']);
});

test('a publish whose reply is lost is in the chat once', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.faults.push(replyLost, lost);
  session.publish('one');
  session.publish('two');
  await until(() => heard.pending.length === 0);
  assert.deepEqual(service.texts(), ['one', 'two']);
  assert.deepEqual(said(heard), ['one', 'two']);
  checkLog(session.log.lines);
});

test('a cut stream is resumed without a gap or a repetition', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  for (let i = 0; i < 20; i++) {
    service.say('bob', `text ${i}`);
    if (i % 3 === 0) {
      service.cut();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => said(heard).length === 20);
  assert.deepEqual(said(heard), Array.from({ length: 20 }, (_, i) => `text ${i}`));
  assert.deepEqual(heard.missed, []);
  await until(() => heard.states.includes('resumed'));
  checkLog(session.log.lines);
});

test('an expired session is replaced, what was missed follows, and what was pending is said once', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.faults.push(replyLost, lost);
  session.publish('reached the log');
  service.forgetSessions();
  service.say('bob', 'meanwhile');
  service.cut();
  session.publish('waits');
  await until(() => heard.pending.length === 0 && heard.rejoined.length === 1);
  await until(() => said(heard).includes('waits'));
  assert.deepEqual(service.texts().filter((text) => text === 'reached the log').length, 1);
  assert.deepEqual(said(heard), service.texts());
  assert.ok(heard.rejoined[0] > 0);
});

test('a new log begins a new clock, and what was pending is said there', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.say('bob', 'old', 500);
  await until(() => said(heard).includes('old'));
  assert.ok(session.clock > 500);
  service.newLog();
  service.cut();
  await until(() => heard.rejoined.length === 1);
  assert.deepEqual(heard.rejoined, [0]);
  session.publish('new');
  await until(() => said(heard).includes('new'));
  assert.ok(session.clock < 100, `${session.clock}`);
  assert.ok(heard.steps.some((step) => step.kind === 'restarted'));
});

test('a name that is taken meanwhile ends the session in words', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.forgetSessions();
  const other = participant(service, 'alice');
  await other.session.join();
  service.cut();
  await until(() => heard.ended.length === 1);
  assert.deepEqual(heard.ended, ['NAME_TAKEN']);
});

test('a superseded session ends, and does not come back', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.cut(refused('aborted', 'SUPERSEDED'));
  await until(() => heard.ended.length === 1);
  assert.deepEqual(heard.ended, ['SUPERSEDED']);
});

test('limits and stops are waited for', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  const waits = [];
  for (const [code, reason] of [['resource_exhausted', 'RATE_LIMITED'], ['unavailable', 'SHUTTING_DOWN'], ['unavailable', 'LOG_UNAVAILABLE']]) {
    service.faults.push(() => {
      waits.push(reason);
      throw refused(code, reason, { retryAfter: 5 });
    });
  }
  session.publish('patience');
  await until(() => heard.pending.length === 0);
  assert.deepEqual(waits, ['RATE_LIMITED', 'SHUTTING_DOWN', 'LOG_UNAVAILABLE']);
  assert.deepEqual(service.texts(), ['patience']);
});

test('what is refused for good is reported, and the next message goes on', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  service.faults.push(() => {
    throw refused('invalid_argument', 'TEXT_BLANK');
  });
  session.publish(' ');
  session.publish('next');
  await until(() => service.texts().includes('next'));
  assert.deepEqual(heard.failed, [{ text: ' ', reason: 'TEXT_BLANK' }]);
});

test('a message that may have been published is not called refused by what says nothing about it', async () => {
  const refusals = [
    new Failure('permission_denied', 'a proxy’s'), new Failure('resource_exhausted', ''), refused('invalid_argument', 'LAMPORT_TIME_TOO_FAR_AHEAD'),
    refused('aborted', 'SEQUENCE_GAP'), refused('failed_precondition', 'SEQUENCE_FORGOTTEN'), refused('failed_precondition', 'OF_A_NEWER_SERVICE'),
  ];
  for (const refusal of refusals) {
    const service = new FakeService();
    const { session, heard } = participant(service, 'alice');
    await session.join();
    await until(() => heard.states.includes('live'));
    service.faults.push(replyLost, () => {
      throw refusal;
    });
    session.publish('once');
    await until(() => heard.failed.length === 1);
    assert.match(heard.told[0], /^Not known whether it was published/, refusal.reason ?? refusal.code);
  }
});

test('a refusal that holds for every attempt is told as it is, whatever was not known before', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.faults.push(lost, () => {
    throw refused('invalid_argument', 'TEXT_BLANK');
  });
  session.publish(' ');
  await until(() => heard.failed.length === 1);
  assert.match(heard.told[0], /^Not sent/);
});

test('what may have been published before the page was loaded again is not said again in a new log', async () => {
  const service = new FakeService();
  let gone = false;
  const first = participant(service, 'alice', { transport: untilGone(service, () => gone) });
  await first.session.join();
  await until(() => first.heard.states.includes('live'));
  service.faults.push(() => {
    gone = true;
    throw Failure.ofNetwork('the outcome is not known');
  });
  first.session.publish('once');
  await until(() => gone);
  const saved = JSON.parse(JSON.stringify(first.session.snapshot()));

  const second = participant(service, 'alice');
  service.faults.push((method, answer) => {
    service.newLog();
    return answer(); // that the session is not known
  });
  second.session.resume(saved);
  second.session.publish('new');
  await until(() => said(second.heard).includes('new'));
  assert.deepEqual(service.texts(), ['new']);
  assert.deepEqual(second.heard.failed.map(({ text }) => text), ['once']);
});

test('a lost predecessor is named no more', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  session.publish('first');
  await until(() => heard.pending.length === 0 && service.texts().length === 1);
  [...service.sessions.values()][0].sequences.clear(); // the service has lost it
  session.publish('second');
  await until(() => service.texts().includes('second'));
  const publishes = service.calls.filter(({ method }) => method === 'Publish').map(({ request }) => request.previousSequence);
  assert.deepEqual(publishes, ['0', '1', '0']);
});

test('a page that is loaded again goes on in the same session, with what was pending', async () => {
  const service = new FakeService();
  const first = participant(service, 'alice');
  await first.session.join();
  await until(() => first.heard.states.includes('live'));
  service.faults.push(replyLost);
  first.session.publish('before');
  await until(() => service.texts().length === 1);
  first.session.suspend();
  const saved = JSON.parse(JSON.stringify(first.session.snapshot()));

  service.say('bob', 'between');
  const second = participant(service, 'alice');
  second.session.resume(saved);
  second.session.publish('after');
  await until(() => said(second.heard).includes('after'));
  assert.deepEqual(service.texts(), ['before', 'between', 'after']);
  assert.equal(service.sessions.size, 1);
  assert.deepEqual([...new Set([...said(first.heard), ...said(second.heard)])], service.texts());
  checkLog(second.session.log.lines);
});

test('a page that is loaded again before its new session is settled says nothing twice', async () => {
  const service = new FakeService();
  let saved;
  const first = participant(service, 'alice', {
    transport: untilGone(service, () => saved !== undefined),
    hear: { rejoined: () => (saved ??= JSON.parse(JSON.stringify(first.session.snapshot()))) },
  });
  await first.session.join();
  await until(() => first.heard.states.includes('live'));
  service.faults.push(replyLost, lost);
  first.session.publish('reached the log');
  service.forgetSessions();
  service.cut();
  await until(() => saved !== undefined);

  const second = participant(service, 'alice');
  second.session.resume(saved);
  second.session.publish('after');
  await until(() => said(second.heard).includes('after') && second.heard.pending.length === 0);
  assert.deepEqual(service.texts(), ['reached the log', 'after']);
});

/** The next request has its effect at once, but its reply comes later. */
function slowReply(service, replyTo = (answer) => answer()) {
  let arrive;
  service.faults.push(async (method, answer) => {
    const reply = replyTo(answer);
    await new Promise((resolve) => (arrive = resolve));
    return reply;
  });
  return { isUnderWay: () => arrive !== undefined, arrive: () => arrive() };
}

test('a log that is gone leaves open what was published, also when the session in the new log is lost before it is settled', async () => {
  const service = new FakeService();
  let again = true;
  const { session, heard } = participant(service, 'alice', { hear: { rejoined: () => again && ((again = false), service.forgetSessions()) } });
  await session.join();
  await until(() => heard.states.includes('live'));
  service.faults.push(() => {
    service.newLog();
    service.cut();
    throw Failure.ofNetwork('the outcome is not known');
  });
  session.publish('once');
  session.publish('new');
  await until(() => said(heard).includes('new'));
  assert.equal(service.calls.filter(({ method }) => method === 'Join').length, 3);
  assert.deepEqual(service.texts(), ['new']);
  assert.deepEqual(heard.failed.map(({ text }) => text), ['once']);
});

test('events that are gone leave open what was published among them, also when the session is lost after it', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice', { hear: { missed: () => service.forgetSessions() } });
  await session.join();
  await until(() => heard.states.includes('live'));
  service.faults.push((method, answer) => {
    answer();
    service.events.splice(0);
    const oldest = service.say('bob', 'kept').lamportTime;
    service.cut(refused('out_of_range', 'RESUME_POINT_GONE', { metadata: { oldest } }));
    throw Failure.ofNetwork('the reply was lost');
  });
  session.publish('once');
  session.publish('new');
  await until(() => said(heard).includes('new'));
  assert.equal(heard.rejoined.length, 1);
  assert.deepEqual(service.texts(), ['kept', 'new']);
  assert.deepEqual(heard.failed.map(({ text }) => text), ['once']);
});

test('a request while a new session is made fails, and does not make another one', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  service.forgetSessions();
  const join = slowReply(service);
  service.cut();
  await until(join.isUnderWay);
  await assert.rejects(session.search('hello'), (failure) => /^The session was lost/.test(sentence(failure)));
  join.arrive();
  await until(() => heard.rejoined.length === 1);
  await until(() => heard.states.at(-1) === 'resumed');
  assert.equal(service.calls.filter(({ method }) => method === 'Join').length, 2);
  assert.deepEqual(heard.ended, []);
});

test('a request whose session is lost before its reply fails, since an empty reply would say that there is nothing', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  for (const ask of [() => session.events(0), () => session.participants(), () => session.search('hello')]) {
    const reply = slowReply(service, () => ({ events: [], participants: [] }));
    const asked = ask().then((found) => found, (failure) => failure);
    await until(reply.isUnderWay);
    const before = heard.rejoined.length;
    service.forgetSessions();
    service.cut();
    await until(() => heard.rejoined.length > before && heard.states.at(-1) === 'resumed');
    reply.arrive();
    assert.match(sentence(await asked), /^The session was lost/);
  }
});

test('a page that is loaded again while a new session is made gets that session', async () => {
  const service = new FakeService();
  const first = participant(service, 'alice');
  await first.session.join();
  await until(() => first.heard.states.includes('live'));
  service.faults.push(lost);
  first.session.publish('once');
  service.forgetSessions();
  const join = slowReply(service);
  service.cut();
  await until(join.isUnderWay);
  const saved = JSON.parse(JSON.stringify(first.session.snapshot())); // and the first page is gone, since its reply never comes

  const second = participant(service, 'alice');
  second.session.resume(saved);
  await until(() => said(second.heard).includes('once') || second.heard.ended.length > 0);
  assert.deepEqual(second.heard.ended, []);
  assert.deepEqual(service.texts(), ['once']);
  assert.equal(second.heard.rejoined.length, 1);
  const joins = service.calls.filter(({ method }) => method === 'Join');
  assert.equal(joins.at(-1).request.requestId, joins.at(-2).request.requestId);
  assert.deepEqual(joins.at(-1).headers, {}); // the page has no token any more
});

test('leaving waits for what was said', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join();
  await until(() => heard.states.includes('live'));
  session.publish('goodbye');
  await session.leave();
  assert.deepEqual(heard.ended, ['LEFT']);
  assert.deepEqual(service.texts(), ['goodbye']);
  assert.equal(service.sessions.size, 0);
});

test('a join whose reply is lost does not lock its participant out', async () => {
  const service = new FakeService();
  service.faults.push(replyLost);
  const { session } = participant(service, 'alice');
  await session.join();
  assert.equal(service.sessions.size, 1);
});

test('a token goes with each Join, and with nothing else', async () => {
  const service = new FakeService();
  const { session, heard } = participant(service, 'alice');
  await session.join('secret');
  await until(() => heard.states.includes('live'));
  session.publish('hello');
  await until(() => heard.pending.length === 0);
  service.forgetSessions();
  service.cut();
  await until(() => heard.rejoined.length === 1);
  assert.ok(!JSON.stringify(session.snapshot()).includes('secret'));
  for (const { method, headers, request } of service.calls) {
    assert.equal(headers?.authorization, method === 'Join' ? 'Bearer secret' : undefined, method);
    assert.ok(!JSON.stringify(request).includes('secret'));
  }
  assert.equal(service.calls.filter(({ method }) => method === 'Join').length, 2);
});

test('a token is sent within this machine, or encrypted', () => {
  for (const where of ['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080', 'https://chat.example.com']) {
    assert.ok(isPrivate(new URL(where)), where);
  }
  for (const where of ['http://chat.example.com', 'http://192.168.1.7:8080', 'http://127.0.0.1.example.com']) {
    assert.ok(!isPrivate(new URL(where)), where);
  }
});

test('whoever joins again in this tab goes on with its clock and its log', async () => {
  const service = new FakeService();
  const first = participant(service, 'alice');
  await first.session.join();
  await first.session.leave();
  const second = participant(service, 'alice', { before: first.session });
  await second.session.join();
  assert.ok(second.session.clock > first.session.clock);
  checkLog(second.session.log.lines);
});

test('the time view begins anew with the first step in a new log, the Join, however the new log is met', async () => {
  const service = new FakeService();
  const first = participant(service, 'alice');
  await first.session.join();
  await until(() => first.heard.states.includes('live'));
  service.newLog();
  service.cut();
  await until(() => first.heard.states.at(-1) === 'resumed');
  await first.session.leave();
  service.newLog();
  const second = participant(service, 'bob', { before: first.session });
  await second.session.join();
  await until(() => second.heard.states.includes('live'));
  for (const { heard } of [first, second]) {
    const begin = heard.steps.findIndex(({ kind }) => kind === 'restarted');
    const steps = heard.steps.slice(begin + 1, begin + 3);
    assert.deepEqual(steps.map(({ kind, message }) => [kind, message.type]), [['sent', 'Join'], ['replied', 'Join']]);
    assert.equal(steps[0].time + 1, steps[1].lamportTime);
  }
});
