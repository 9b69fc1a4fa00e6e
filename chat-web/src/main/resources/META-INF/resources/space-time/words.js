// What the view says, in sentences. No DOM.
import { isOfService } from './model.js';
import { concurrentWith, byAuthor, relation, receiptBy } from './causality.js';

/** A link to a step inside a sentence. */
function ref(id, text) {
  return { step: id, text: String(text) };
}

const KINDS = {
  request: 'sends a request',
  reply: 'receives a reply',
  refusal: 'is refused',
  'no-answer': 'gets no answer',
  receipt: 'receives a copy',
  'caught-up': 'has received all so far',
  'stream-end': 'the line ends',
  crash: 'the process is gone',
  joined: 'joined: its place in the chat',
  published: 'a message: its place in the chat',
  left: 'left: its place in the chat',
  attached: 'begins to listen',
};

export function verbOf(step) {
  return KINDS[step.kind] ?? step.kind;
}

/** One line for a message: its time, who, and what. */
export function titleOf(model, index) {
  const said = model.talk[index];
  return `${said.time} ${model.steps[said.event].summary}`;
}

/**
 * Why a step has its Lamport time: the sum, with references to the two times in it. `rule` says the rule in words.
 */
export function why(model, id) {
  const step = model.steps[id];
  const own = model.previous[id];
  const cause = model.causeOf(id);
  const part = model.window.from > model.window.first;
  const ownTime = own >= 0 ? ref(own, model.steps[own].time) : null;
  if (step.known === 'at-least') {
    return {
      sum: step.time === model.steps[cause].time + 1
        ? ['at least received ', ref(cause, model.steps[cause].time), ` + 1 = ${step.time}`]
        : ['at least max(own ', ownTime ?? '?', ', received ', ref(cause, model.steps[cause].time), `) + 1 = ${step.time}`],
      rule: 'This page sees only its own copies. Whoever receives an event has a clock beyond the event’s; a later request shows how far beyond.',
    };
  }
  if (step.known === 'shown') {
    return {
      sum: ['max(own ', ownTime ?? '?', ', received ', ref(cause, model.steps[cause].time), `) + 1 = ${step.time}`],
      rule: `The next request was sent at ${step.time + 1}, so its clock was ${step.time} before that. If the copy had come by then, this was its time.`,
    };
  }
  if (step.known === 'inferred') {
    return {
      sum: [`${step.time}`],
      rule: 'The request itself told this time: who sends puts its clock into the message.',
    };
  }
  if (step.kind === 'request') {
    return ownTime === null
      ? { sum: part ? [`own ? + 1 = ${step.time}`] : [`0 + 1 = ${step.time}`], rule: 'Whoever sends adds one first.' }
      : sum(model, step, ['own ', ownTime, ' + 1'], model.steps[own].time + 1, 'Whoever sends adds one first.');
  }
  if (['refusal', 'no-answer', 'stream-end', 'crash'].includes(step.kind)) {
    return { sum: ownTime === null ? [`${step.time}`] : ['still ', ownTime], rule: 'Nothing was received that has a time, so the clock stands still.' };
  }
  if (cause >= 0) {
    const came = model.steps[cause].time;
    const rule = isOfService(step)
      ? 'The larger of the service’s own time and the time that came with the request, plus one.'
      : 'The larger of the own time and the time that was received, plus one: later than both.';
    const before = ownTime === null ? (part ? 'own ?' : 'own 0') : ownTime;
    const terms = ownTime === null
      ? [`max(${before}, received `, ref(cause, came), ') + 1']
      : ['max(own ', ownTime, ', received ', ref(cause, came), ') + 1'];
    const expected = ownTime === null && part ? step.time : Math.max(own >= 0 ? model.steps[own].time : 0, came) + 1;
    return sum(model, step, terms, expected, rule);
  }
  if (step.received > 0 && ownTime !== null) {
    const expected = Math.max(model.steps[own].time, step.received) + 1;
    return sum(model, step, ['max(own ', ownTime, `, received ${step.received}) + 1`], expected, 'The larger of the own time and the time that was received, plus one: later than both.');
  }
  if (isOfService(step) && step.kind === 'left' && !(step.sent > 0)) {
    return ownTime === null ? { sum: [`${step.time}`], rule: '' }
      : sum(model, step, ['own ', ownTime, ' + 1'], model.steps[own].time + 1, 'The session expired: nobody asked, so it is one more than the time before.');
  }
  return { sum: [`${step.time}`], rule: 'What led to it is not in these logs.' };
}

/** If the log has another number than the rule gives, it says so instead of pretending. */
function sum(model, step, terms, expected, rule) {
  return expected === step.time
    ? { sum: [...terms, ` = ${step.time}`], rule }
    : { sum: [...terms, ` = ${expected}, and it is ${step.time}`], rule: step.time > expected
      ? `${rule} Steps between are not shown here.` : `${rule} This time breaks it.` };
}

/**
 * What the author of a message had received or written, what was said before that author was there, which later messages were
 * written by somebody who had received it, or may have, and what is concurrent with it: places in talk.
 */
export function knowledge(model, index) {
  const said = model.talk[index];
  const knew = [];
  const earlier = [];
  for (let other = index - 1; other >= 0; other--) {
    if (relation(model, other, index) !== 'concurrent') (wasThere(model, other, index) ? knew : earlier).push(other);
  }
  const later = { before: [], maybe: [], concurrent: [] };
  for (const own of byAuthor(model).values()) {
    for (const other of own) {
      if (other > index) later[relation(model, index, other)].push(other);
    }
  }
  return {
    knew,
    earlier,
    knownBy: later.before.sort((one, other) => one - other),
    maybeKnownBy: later.maybe.sort((one, other) => one - other),
    concurrent: concurrentWith(model, index),
    certain: said.certain,
  };
}

/** Whether the author of a later message received an earlier one, or wrote it, or may have: no log tells. */
function wasThere(model, early, late) {
  const first = model.talk[early];
  const { author, certain, request } = model.talk[late];
  return !certain || first.author === author || receiptBy(model, first.event, model.steps[request].lifeline) >= 0;
}

/** Where no two messages are concurrent. */
export function noneConcurrent(model) {
  const received = model.talk.every(({ certain }) => certain) ? 'had received' : 'had received, or can have received,';
  return `No two messages are concurrent here: whoever wrote ${received} all that was said before.`;
}

/** How two messages are related, as a sentence and what follows from it. */
export function compare(model, one, other) {
  const [early, late] = one < other ? [one, other] : [other, one];
  const first = model.talk[early];
  const second = model.talk[late];
  const name = said => `${said.time}`;
  switch (relation(model, early, late)) {
    case 'concurrent': {
      const sentAt = second.sent > 0 ? ` when it sent ${name(second)} at ${second.sent}` : ` when it sent ${name(second)}`;
      const there = model.lifelines.findIndex(lifeline => lifeline.name === second.author);
      const receipt = there >= 0 ? receiptBy(model, first.event, there) : -1;
      return {
        verdict: 'concurrent',
        evidence: [first.request, first.event, second.request, second.event, receipt].filter(id => id >= 0),
        sentence: [
          ref(first.event, name(first)), ' and ', ref(second.event, name(second)), ' are concurrent: ',
          `${second.who || 'its author'} had not received `, ref(first.event, name(first)), sentAt,
          ...(receipt >= 0 ? [', but only at ', ref(receipt, model.steps[receipt].time)] : []),
          `; and ${first.who || 'the other author'} could not know of what came after.`,
        ],
        meaning: `The service had to put one of them first, and it put ${name(first)}. That order says nothing about cause.`,
      };
    }
    case 'maybe':
      return {
        verdict: 'maybe',
        sentence: [
          ref(first.event, name(first)), ' can have been known to the author of ', ref(second.event, name(second)),
          `: ${second.who}’s clock was already ${second.sent || 'beyond it'}.`,
        ],
        meaning: 'Only its own log could say whether it had received the message by then.',
      };
    default:
      return {
        verdict: 'before',
        sentence: [
          ref(first.event, name(first)), ' was before ', ref(second.event, name(second)),
          first.author === second.author ? `: ${first.who} wrote both, in this order.`
            : wasThere(model, early, late) ? `: ${second.who} had received it when sending, so it may be an answer.`
              : `: ${second.who} joined after it was said.`,
        ],
        meaning: 'The chain that proves it is lit.',
      };
  }
}
