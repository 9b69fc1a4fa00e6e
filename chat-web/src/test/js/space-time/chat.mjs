// A conversation by chance, and what everybody knew while it was played: the reference that the modules are held against.

/** Numbers from a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Plays `turns` turns among `people`: requests under way arrive in any order between people, copies stay in order, requests get
 * lost. `knew` has for each published event the events that its author had seen when sending it.
 */
export function play(seed, people = 4, turns = 60) {
  const next = random(seed);
  const pick = list => list[Math.floor(next() * list.length)];
  const steps = [];
  const messages = [];
  const knew = new Map();
  const names = Array.from({ length: people }, (_, i) => 'p' + (i + 1));
  const everybody = names.map((name, i) => ({
    name, lifeline: i + 1, clock: 0, joined: 0, copies: [], requests: [], seen: new Set(), sequence: 0, last: -1,
  }));
  let service = 0;

  const step = (lifeline, time, kind, more = {}) => {
    const made = { id: steps.length, lifeline, time, kind, rpc: '', text: '', summary: kind, broken: false, ...more };
    steps.push(made);
    return made;
  };
  const message = (from, to, kind) => messages.push({ id: messages.length, from: from.id, to: to.id, kind, broken: false });
  const send = (who, rpc, more = {}) => {
    who.clock++;
    const request = step(who.lifeline, who.clock, 'request', { rpc, ...more });
    who.requests.push({ request, seen: new Set(who.seen) });
    return request;
  };
  const arrive = (who, lost) => {
    const { request, seen } = who.requests.shift();
    if (lost) {
      step(who.lifeline, who.clock, 'no-answer', { rpc: request.rpc, text: 'UNAVAILABLE', sequence: request.sequence });
      return;
    }
    service = Math.max(service, request.time) + 1;
    const kind = { Join: 'joined', Publish: 'published', Leave: 'left' }[request.rpc];
    const event = step(0, service, kind, { author: who.name, sent: request.time, text: request.text });
    message(request, event, 'request');
    if (kind === 'published') knew.set(event.id, seen);
    if (kind === 'joined') {
      // Who joins begins at this place of the log: what is before it counts as known.
      who.joined = event.time;
      who.before = steps.filter(other => other.lifeline === 0 && other.id !== event.id).map(other => other.id);
    }
    who.clock = Math.max(who.clock, event.time) + 1;
    message(event, step(who.lifeline, who.clock, 'reply', { rpc: request.rpc }), 'reply');
    for (const other of everybody) if (other.joined > 0) other.copies.push(event);
    if (kind === 'published') who.seen.add(event.id);
  };
  const receive = who => {
    const event = who.copies.shift();
    who.clock = Math.max(who.clock, event.time) + 1;
    message(event, step(who.lifeline, who.clock, 'receipt', { rpc: 'Broadcast', text: event.text }), 'broadcast');
    who.seen.add(event.id);
    if (event.kind === 'joined' && event.time === who.joined) who.before.forEach(id => who.seen.add(id));
  };

  for (let turn = 0; turn < turns; turn++) {
    const who = pick(everybody);
    const chance = next();
    if (who.joined === 0) {
      if (who.requests.length === 0) send(who, 'Join');
      arrive(who, next() < 0.1);
    } else if (chance < 0.35 && who.copies.length > 0) {
      receive(who);
    } else if (chance < 0.6 && who.requests.length < 2) {
      send(who, 'Publish', { sequence: ++who.sequence, text: `m${turn}` });
    } else if (who.requests.length > 0) {
      arrive(who, next() < 0.15);
    }
  }
  const last = Math.max(0, ...steps.map(({ time }) => time));
  return {
    data: {
      lifelines: [
        { id: 0, role: 'service', name: 'Chitty-Chat', shown: 'Chitty-Chat', presences: [] },
        ...everybody.map(who => ({
          id: who.lifeline, role: 'participant', name: who.name, shown: who.name,
          presences: who.joined > 0 ? [{ joined: who.joined, ended: service, ending: 'open' }] : [],
        })),
      ],
      steps,
      messages,
      window: { from: 1, to: last, first: 1, last },
    },
    knew,
  };
}

/** The part of a conversation between two Lamport times, as the trace cuts it. */
export function cut(data, from, to) {
  const kept = data.steps.filter(({ time }) => time >= from && time <= to);
  const places = new Map(kept.map(({ id }, place) => [id, place]));
  return {
    lifelines: data.lifelines,
    steps: kept.map((step, id) => ({ ...step, id })),
    messages: data.messages.filter(one => places.has(one.from) && places.has(one.to))
      .map((one, id) => ({ ...one, id, from: places.get(one.from), to: places.get(one.to) })),
    window: { ...data.window, from, to },
    places,
  };
}

/** For each step the set of steps before it, by the definition: the transitive closure, without any cleverness. */
export function happenedBefore({ steps, messages }) {
  const before = steps.map(() => new Set());
  const last = new Map();
  for (const step of steps) {
    const causes = messages.filter(({ to }) => to === step.id).map(({ from }) => from);
    if (last.has(step.lifeline)) causes.push(last.get(step.lifeline));
    for (const cause of causes) {
      before[step.id].add(cause);
      before[cause].forEach(id => before[step.id].add(id));
    }
    last.set(step.lifeline, step.id);
  }
  return before;
}

/** A long conversation of five: everybody in turn, and sometimes two at once. */
export function long(messages) {
  const steps = [];
  const arrows = [];
  const clocks = [0, 0, 0, 0, 0, 0];
  const step = (lifeline, time, kind, more) => {
    steps.push({ id: steps.length, lifeline, time, kind, rpc: 'Publish', text: 'hello', summary: kind, broken: false, ...more });
    return steps.length - 1;
  };
  const arrow = (from, to, kind) => arrows.push({ id: arrows.length, from, to, kind, broken: false });
  const names = [1, 2, 3, 4, 5];
  for (let i = 0; i < messages; i++) {
    const senders = i % 10 === 0 ? [1 + i % 5, 1 + (i + 1) % 5] : [1 + i % 5];
    const requests = senders.map(who => step(who, ++clocks[who], 'request'));
    for (const request of requests) {
      clocks[0] = Math.max(clocks[0], steps[request].time) + 1;
      const event = step(0, clocks[0], 'published', { author: `p${steps[request].lifeline}` });
      arrow(request, event, 'request');
      for (const who of names) {
        clocks[who] = Math.max(clocks[who], clocks[0]) + 1;
        arrow(event, step(who, clocks[who], 'receipt'), 'broadcast');
      }
    }
  }
  return {
    lifelines: [{ id: 0, role: 'service', name: 'Chitty-Chat', shown: 'Chitty-Chat', presences: [] },
      ...names.map(id => ({ id, role: 'participant', name: `p${id}`, shown: `p${id}`, presences: [{ joined: 1, ended: clocks[0], ending: 'open' }] }))],
    steps, messages: arrows, window: { from: 1, to: clocks[0], first: 1, last: clocks[0] },
  };
}
