import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLOURS, colourOf } from '../../main/resources/META-INF/resources/chat/colours.js';
import { fileName, logfmt, ParticipantLog } from '../../main/resources/META-INF/resources/chat/log.js';
import { calls, codePoints, nameKey, problemOf, safe, tame } from '../../main/resources/META-INF/resources/chat/text.js';

test('controls, controls of writing direction and lone surrogates become visible', () => {
  assert.equal(safe('a\u001b[31m\u0007\n\r\t\u202e\u2066\u2028\ud800x\u0085'),
    'a\\u001b[31m\\u0007\\n\\r\\t\\u202e\\u2066\\u2028\\ud800x\\u0085');
  assert.equal(safe('Grüße, 李雷 😀 مرحبا'), 'Grüße, 李雷 😀 مرحبا');
});

test('a tower of marks is cut off, and a mark without a letter gets a circle', () => {
  assert.equal(tame(`e${'\u0301'.repeat(10_000)}x`), `e${'\u0301'.repeat(4)}…x`);
  assert.equal(tame('\u0301a'), '\u25cc\u0301a');
});

test('a message is counted in code points', () => {
  assert.equal(codePoints('😀'.repeat(128)), 128);
  assert.equal(problemOf('😀'.repeat(128)), undefined);
  assert.equal(problemOf('😀'.repeat(129)), 'TEXT_TOO_LONG');
  assert.equal(problemOf('a'.repeat(129)), 'TEXT_TOO_LONG');
  assert.equal(problemOf(' \u3000\t'), 'TEXT_BLANK');
  assert.equal(problemOf(''), 'TEXT_BLANK');
  assert.equal(problemOf('half \ud83d'), 'TEXT_NOT_UTF8');
});

test('names that are the same have one colour', () => {
  assert.equal(nameKey('Straße'), nameKey('STRASSE'));
  assert.equal(colourOf('ＡLICE'), colourOf('alice'));
  assert.equal(colourOf('Édouard'), colourOf('E\u0301douard'));
});

test('the colour of a name is that of the terminal client', () => {
  // From ParticipantName.key and the rule of NamePalette.
  for (const [name, colour] of [
    ['alice', 2], ['bob', 0], ['carol', 5], ['dave', 10], ['Ａlice', 2], ['ALICE', 2], ['Straße', 4], ['STRASSE', 4], ['ılgaz', 11],
    ['İlgaz', 4], ['ﬁona', 7], ['Ωmega', 8], ['😀', 3], ['Édouard', 1], ['E\u0301douard', 1], ['李雷', 9], ['мария', 11],
  ]) {
    assert.equal(colourOf(name), colour, name);
    assert.ok(colour < COLOURS);
  }
});

test('whoever is called by name is told', () => {
  assert.ok(calls('Hey Alice, look', 'alice'));
  assert.ok(calls('mary ann?', 'Mary Ann'));
  assert.ok(!calls('malice', 'alice'));
});

test('a record of the log is what the service’s own writer makes', () => {
  assert.equal(logfmt({
    a: 'plain', b: '', c: 'two words', d: 'q"u\\o=te', e: 'é李x', f: 'line\nbreak\u202e', g: '😀', h: 'a\u0301', i: 'Ⅷ', j: 'x²', k: '[x]', l: undefined,
  }), 'a=plain b="" c="two words" d="q\\"u\\\\o=te" e=é李x f="line\\nbreak\\u202e" g="😀" h="a\u0301" i="Ⅷ" j="x²" k=[x]');
});

test('the log has the keys of its documentation in their order', () => {
  const log = new ParticipantLog('alice', { now: () => new Date('2026-11-21T10:50:39.007Z') });
  log.sent('Publish', 7, { sequence: 1, text: 'hello there' });
  log.received({ type: 'PUBLISHED', lamportTime: 8, participant: 'alice', participantLamportTime: 7, text: 'hello there' }, 9);
  log.answered('Publish', 8, 10, { sequence: 1 });
  log.refused('Publish', { outcome: 'RESOURCE_EXHAUSTED', reason: 'RATE_LIMITED' }, 10, { sequence: 2 });
  log.streamEnded(undefined, 10);
  const head = 'time=2026-11-21T10:50:39.007Z participant=alice';
  assert.deepEqual(log.lines, [
    `${head} kind=send rpc=Publish clock=7 sequence=1 text="hello there"`,
    `${head} kind=receive rpc=Broadcast event=published lamport=8 clock=9 from=alice sent=7 text="hello there"`,
    `${head} kind=reply rpc=Publish outcome=OK lamport=8 clock=10 sequence=1`,
    `${head} kind=reply rpc=Publish outcome=RESOURCE_EXHAUSTED reason=RATE_LIMITED clock=10 sequence=2`,
    `${head} kind=end rpc=Broadcast outcome=OK clock=10`,
  ]);
  assert.equal(fileName('Åsa/..'), 'participant-%C3%85sa%2F...log');
});
