import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../main/resources/META-INF/resources/chat/failure.js';
import { openPage } from './fake-page.js';
import { FakeService, refused } from './fake-service.js';

const service = new FakeService();
const find = await openPage(service);

async function until(condition, what = String(condition)) {
  for (let i = 0; i < 500; i++) {
    if (condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert.fail(`not seen: ${what}`);
}

const joins = () => service.calls.filter(({ method }) => method === 'Join').map(({ request }) => Number(request.lamportTime));
const isLive = () => document.body.dataset.link === 'live';

async function join(name) {
  find('#name').value = name;
  await find('#join').fire('submit');
}

test('a Join that failed is a step: the next one has a later time, also under another name', async () => {
  service.faults.push(() => {
    throw refused('already_exists', 'NAME_TAKEN');
  }, () => {
    throw refused('resource_exhausted', 'ROOM_FULL', { retryAfter: 60_000 });
  });
  await join('alice');
  assert.match(find('#problem').textContent, /^That name is taken/);
  await join('alice');
  await join('alicia');
  await until(isLive);
  assert.deepEqual(joins(), [1, 2, 3]);
  await until(() => find('#rows').textContent.includes('alicia'));
});

test('a search result that cannot be shown says why', async () => {
  service.faults.push(() => ({ events: [{ lamportTime: '1', type: 'EVENT_TYPE_PUBLISHED', participant: 'bob', text: 'hello' }] }));
  find('#query').value = 'hello';
  find('#query-form').fire('submit');
  await until(() => find('#found').all('button').length === 1);
  service.faults.push(() => {
    throw Failure.ofNetwork('lost');
  });
  await find('#found').all('button')[0].fire('click');
  assert.match(find('#found-status').textContent, /^The service cannot be reached/);
});

test('what was not published stays in the conversation when the session ends, and is not said again there', async () => {
  service.faults.push(() => {
    throw refused('invalid_argument', 'TEXT_BLANK');
  });
  find('#text').value = 'dear text';
  find('#composer').fire('submit');
  await until(() => find('#failed').textContent.includes('dear text'));
  await find('#leave').fire('click');
  await until(() => find('#rows').textContent.includes('dear text'));
  assert.equal(find('#failed').childElementCount, 0);
  assert.equal(find('#waiting').childElementCount, 0);
});

test('a service that wants to know who joins says what it needs, and nothing that was typed is lost', async () => {
  const wants = (required) => () => {
    throw refused('unauthenticated', 'CREDENTIALS_INVALID', { metadata: { required } });
  };
  const problem = async (required, token) => {
    find('#token').value = token;
    service.faults.push(wants(required));
    await join('carol');
    assert.equal(find('#name').value, 'carol');
    assert.equal(find('#token').value, token);
    return find('#problem').textContent;
  };
  assert.equal(await problem('token', ''), 'This service wants to know who you are. Paste your token.');
  assert.equal(await problem('jwt', ''), 'This service wants to know who you are. Paste your JWT.');
  assert.match(await problem('jwt', 'expired'), /^Your token is not accepted: .* Paste another one\.$/);
  assert.match(await problem('certificate', ''), /only clients with a certificate, which a page cannot show/);
  find('#token').value = 'right';
  await join('carol');
  await until(isLive);
  assert.equal(service.calls.filter(({ method }) => method === 'Join').at(-1).headers.authorization, 'Bearer right');
});

test('what was typed and what waited is there when a lost session cannot be joined again for want of a token', async () => {
  find('#text').value = 'half a sen';
  service.forgetSessions();
  service.faults.push(() => {
    throw refused('unauthenticated', 'SESSION_UNKNOWN');
  }, () => {
    throw refused('unauthenticated', 'CREDENTIALS_INVALID', { metadata: { required: 'jwt' } });
  });
  find('#text').value = 'waits';
  find('#composer').fire('submit');
  find('#text').value = 'half a sen';
  await until(() => document.body.dataset.state === 'ended');
  assert.match(find('#ended').textContent, /^The session expired\. Your token is not accepted/);
  assert.equal(find('#credentials').open, true);
  assert.equal(find('#text').value, 'half a sen');
  await until(() => find('#rows').textContent.includes('Not sent: waits'));
});
