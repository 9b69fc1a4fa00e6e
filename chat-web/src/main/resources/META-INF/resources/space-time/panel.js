// What stands beside the picture: about one step, about two, or what can be asked.
import { tame } from '../chat/text.js';
import { AFTER, BEFORE, chain, pairs, proof, relation, vectorClock, withoutWaits } from './causality.js';
import { authorClass } from './colours.js';
import { compare, verbOf, knowledge, noneConcurrent, titleOf, why } from './words.js';
import { html } from './svg.js';

const MOST_LISTED = 5;
const VERDICTS = { before: 'before', maybe: 'perhaps before', concurrent: 'concurrent' };

/** Steps that make two chosen ones comparable, and the words about them. */
export function pairOf(model, one, other) {
  const [first, second] = [model.talkAbout(one), model.talkAbout(other)];
  const areMessages = [one, other].every(id => model.talkOf.has(id)) && first !== second;
  if (areMessages) {
    const words = compare(model, first, second);
    const [early, late] = first < second ? [first, second] : [second, first];
    const steps = relation(model, early, late) === 'concurrent' ? [] : proof(model, early, late);
    return { ...words, steps, lit: words.evidence ?? steps, ends: [model.talk[early].event, model.talk[late].event] };
  }
  const there = chain(model, one, other);
  const [from, to] = there.length > 0 ? [one, other] : [other, one];
  const whole = there.length > 0 ? there : chain(model, other, one);
  const steps = withoutWaits(model, whole);
  const path = { steps, lit: steps, ends: [from, to] };
  if (isInferred(model, whole)) {
    return { ...path, verdict: 'maybe', meaning: 'The chain that can have led there is lit. Only the log of who received could say whether a copy had come by then.',
      sentence: [named(model, from), ' can have been before ', named(model, to), ', if a copy between them came as early as it can have.'] };
  }
  return steps.length > 0
    ? { ...path, verdict: 'before', meaning: 'The chain that proves it is lit.',
      sentence: [named(model, from), ' was before ', named(model, to), ': it can have caused it.'] }
    : { verdict: 'concurrent', steps: [], lit: [], ends: [one, other], meaning: 'Their Lamport times say nothing about cause.',
      sentence: [named(model, one), ' and ', named(model, other), ' are concurrent: no chain of steps and messages leads from one to the other.'] };
}

/** Whether a chain goes on from the receipt of a copy whose time is not known: it may have come after what follows there. */
function isInferred(model, path) {
  return path.slice(0, -1).some((id, i) => i > 0 && ['at-least', 'shown'].includes(model.steps[id].known)
    && model.steps[path[i - 1]].lifeline !== model.steps[id].lifeline);
}

function named(model, id) {
  const step = model.steps[id];
  return { step: id, text: `${step.time} (${step.summary})` };
}

export class Panel {
  /** @param act `select(step)`, `compare(step, step)`, `bySteps(boolean)`: what links do */
  constructor(act) {
    this.act = act;
    this.vectors = false;
    this.element = html('section', { class: 'st-panel', 'aria-label': 'About what was chosen', tabindex: '0' });
  }

  /** What to look at, for who opens the picture for the first time. */
  showHint(found) {
    const { model } = this;
    const first = found.find(bracket => bracket.lane !== -1);
    const parts = [
      html('h2', {}, 'How to read it'),
      html('p', {}, 'Time runs down. Each column is a process with a counter of its own, its ',
        html('b', {}, 'Lamport clock'), '. A message is an arrow: from who sent it to ',
        model.lifelines[model.service]?.shown ?? 'the service', ', where it gets its place in the chat, and from there to everybody.'),
      html('p', {}, 'All arrows point down, since whoever receives something sets its counter beyond what it received. So a cause always has a smaller number than its effect. ',
        html('b', {}, 'But does a smaller number mean that it was a cause?')),
    ];
    if (first !== undefined) {
      const [one, other] = [first.members[0], first.members[first.members.length - 1]];
      const [early, late] = [model.talk[one], model.talk[other]];
      parts.push(html('p', {}, 'Look at ', this.#link(early.event, String(early.time)), ' and ', this.#link(late.event, String(late.time)),
        ', which the margin brackets: nobody can have answered anybody here. ',
        this.#button('Compare them', () => this.act.compare(early.event, late.event), 'st-link st-act')),
      html('p', { class: 'st-quiet' }, count(pairs(found), 'pair of messages is', 'pairs of messages are'), ' concurrent.'));
    } else if (model.talk.length > 1) {
      parts.push(html('p', { class: 'st-quiet' }, noneConcurrent(model)));
    }
    if (model.steps.some(({ known }) => known === 'at-least')) {
      parts.push(html('p', { class: 'st-quiet' }, 'Hollow marks are copies that others receive. This page sees only its own: others’ have the time that is shown or later (≥), until a request of theirs shows their clock.'));
    }
    parts.push(html('p', { class: 'st-quiet' }, 'Click a step, and then another.'));
    this.element.replaceChildren(...parts);
  }

  /** About one step. */
  showStep(id, sides, bySteps) {
    const { model } = this;
    const step = model.steps[id];
    const talk = model.talkOf.get(id);
    const parts = [html('h2', {}, `${step.known === 'at-least' ? '≥ ' : ''}${step.time}  ${step.summary}`)];
    if (talk !== undefined) parts.push(this.#messages(talk));
    else if (model.talkAbout(id) >= 0) {
      const about = model.talkAbout(id);
      parts.push(html('p', {}, 'Its message: ', this.#link(model.talk[about].event, titleOf(model, about))));
    }
    parts.push(this.#why(id), this.#steps(id, sides, bySteps, talk !== undefined), this.#loss(id), this.#vectors(id), this.#details(step));
    this.element.replaceChildren(...parts.filter(part => part !== null));
    this.element.scrollTop = 0;
  }

  /** About two. */
  showPair(pair) {
    const { model } = this;
    const verdict = html('p', { class: `st-verdict ${pair.verdict}` }, VERDICTS[pair.verdict]);
    const parts = [
      html('h2', {}, pair.ends.map(id => model.steps[id].time).join(' and ')),
      ...pair.ends.map(id => html('p', { class: 'st-said' }, this.#link(id, `${model.steps[id].time}  ${model.steps[id].summary}`))),
      verdict,
      html('p', {}, ...this.#sentence(pair.sentence)),
      html('p', { class: 'st-quiet' }, pair.meaning),
    ];
    if (pair.steps.length > 1) {
      parts.push(html('ol', { class: 'st-chain' }, ...pair.steps.map(id => html('li', {}, this.#link(id, `${model.steps[id].time}  ${model.steps[id].summary}`)))));
    }
    parts.push(this.#vectorTable(pair.ends));
    this.element.replaceChildren(...parts);
    this.element.scrollTop = 0;
  }

  #messages(talk) {
    const { model } = this;
    const { knew, earlier, knownBy, maybeKnownBy, concurrent, certain } = knowledge(model, talk);
    const who = model.talk[talk].who || 'its author';
    return html('section', { class: 'st-messages' },
      this.#list('past', count(knew.length, 'message', 'messages') + (certain ? ` ${who} knew` : ` ${who} can have known`), knew, certain
        ? 'received, or written, before sending this one' : 'only its clock is known: it was beyond these', earlier.length === 0 ? ''
        : `${count(earlier.length, 'message was', 'messages were')} said before ${who} joined`),
      this.#list('future', count(knownBy.length, 'message', 'messages') + ' that knew of it', knownBy, 'their authors had received it'),
      ...(maybeKnownBy.length === 0 ? [] : [this.#list('future', count(maybeKnownBy.length, 'message', 'messages') + ' that can have known of it', maybeKnownBy,
        'only the clocks of their authors are known: they were beyond it')]),
      this.#list('concurrent', count(concurrent.length, 'message', 'messages') + ' concurrent with it', concurrent,
        'neither author had received the other’s', '', other => this.act.compare(model.talk[talk].event, model.talk[other].event)));
  }

  #list(kind, title, places, meaning, more = '', choose = other => this.act.select(this.model.talk[other].event)) {
    const { model } = this;
    const part = html('div', { class: `st-list ${kind}` }, html('h3', {}, title), html('p', { class: 'st-quiet' }, meaning));
    if (places.length > 0) {
      part.append(html('ul', {}, ...places.slice(0, MOST_LISTED).map(place => html('li', { class: authorClass(model.talk[place].author) },
        this.#button(titleOf(model, place), () => choose(place))))));
    }
    if (places.length > MOST_LISTED) part.append(html('p', { class: 'st-quiet' }, `and ${places.length - MOST_LISTED} more`));
    if (more !== '') part.append(html('p', { class: 'st-quiet' }, more));
    return part;
  }

  #why(id) {
    const { sum, rule } = why(this.model, id);
    return html('section', { class: 'st-why' }, html('h3', {}, `Why ${this.model.steps[id].time}?`),
      html('p', { class: 'st-sum' }, ...this.#sentence(sum)), html('p', { class: 'st-quiet' }, rule));
  }

  #steps(id, sides, bySteps, isMessage) {
    const { model } = this;
    const counts = [0, 0, 0];
    sides.forEach(side => counts[side]++);
    const none = model.steps.length - 1 - counts[BEFORE] - counts[AFTER];
    const isPart = model.window.from > model.window.first || model.window.to < model.window.last;
    const part = html('section', { class: 'st-causality' }, html('h3', {}, 'Steps'), html('p', {},
      html('b', { class: 'past' }, `${counts[BEFORE]} before`), ' ', html('b', { class: 'future' }, `${counts[AFTER]} after`), ' ',
      html('b', { class: 'concurrent' }, `${none} concurrent`)),
    html('p', { class: 'st-quiet' }, 'Before: could have caused it. After: could be its effect. Concurrent: neither.'
      + (isPart ? ' Only what is shown is counted.' : '')));
    if (isMessage) {
      const box = html('input', { type: 'checkbox' });
      box.checked = bySteps;
      box.addEventListener('change', () => this.act.bySteps(box.checked));
      part.append(html('label', {}, box, ' light up steps instead of messages'));
    }
    return part;
  }

  /** What became of a request; also beside the step at which it was given up. */
  #loss(step) {
    const { model } = this;
    const id = model.answered.get(step) ?? step;
    const loss = model.lossOf(id);
    const attempts = model.attempts.get(id) ?? [];
    if (loss === '' && attempts.length < 2) return null;
    const part = html('section', { class: 'st-loss' });
    if (id !== step) part.append(html('p', {}, 'Its request: ', this.#link(id, `${model.steps[id].time}  ${model.steps[id].summary}`)));
    if (loss !== '') {
      part.append(html('p', {}, loss === 'lost' ? 'It gets no answer, and nothing shows that it arrived.'
        : 'It arrived, and the answer got lost: its sender cannot tell that from a lost request.'));
    }
    if (attempts.length > 1) {
      part.append(html('p', {}, `Attempt ${attempts.indexOf(id) + 1} of ${attempts.length} at one message: `,
        ...attempts.flatMap(other => [this.#link(other, String(model.steps[other].time)), ' ']), 'It is said once.'));
    }
    return part;
  }

  #vectors(id) {
    return this.#vectorTable([id]);
  }

  /** Vector clocks are computed when somebody asks. */
  #vectorTable(ids) {
    const { model } = this;
    const part = html('details', { class: 'st-vectors', open: this.vectors }, html('summary', {}, 'Vector clocks'));
    const fill = () => {
      const clocks = ids.map(id => vectorClock(model, id));
      const rows = model.lifelines.map((lifeline, place) => html('tr', {}, html('th', { scope: 'row' }, lifeline.shown),
        ...clocks.map(clock => html('td', {}, String(clock[place])))));
      part.append(html('table', {}, html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'process'),
        ...ids.map(id => html('th', { scope: 'col' }, `at ${model.steps[id].time}`)))), html('tbody', {}, ...rows)),
      html('p', { class: 'st-quiet' }, 'How many steps of each process are before or at it. One step was before another exactly if none of its numbers is larger: '
        + 'a Lamport time is one number and gives an order; these tell what was concurrent. Here they are of steps, and the service is one of the processes.'));
    };
    if (this.vectors) fill();
    part.addEventListener('toggle', () => {
      this.vectors = part.open;
      if (part.open && part.children.length === 1) fill();
    });
    return part;
  }

  #details(step) {
    const { model } = this;
    const said = step.text !== '' && step.kind !== 'joined' && step.kind !== 'left' ? step.text : undefined;
    const rows = [
      ['what', `${model.lifelines[step.lifeline].shown} ${verbOf(step)}${step.rpc ? ` (${tame(step.rpc)})` : ''}`],
      ['Lamport time', (step.known === 'at-least' ? 'at least ' : '') + step.time],
      ['author', tame(model.authorOf(step)) || undefined],
      ['message', step.sequence > 0 ? `number ${step.sequence} of its session` : undefined],
      ['wall clock', step.recordedAt],
      ['log', step.file === undefined ? undefined : tame(`${step.file}:${step.line}`)],
      ['wrong', model.faults.get(step.id)?.map(tame).join('; ')],
      ['said', said === undefined || step.summary.endsWith(said) ? undefined : step.summary],
    ].filter(([, value]) => value !== undefined);
    return html('dl', { class: 'st-details' }, ...rows.flatMap(([name, value]) => [html('dt', {}, name), html('dd', {}, String(value))]));
  }

  #sentence(parts) {
    return parts.map(part => typeof part === 'string' ? part : this.#link(part.step, part.text));
  }

  #link(id, text) {
    return this.#button(text, () => this.act.select(id));
  }

  #button(text, act, look = 'st-link') {
    const made = html('button', { type: 'button', class: look }, text);
    made.addEventListener('click', act);
    return made;
  }
}

function count(n, one, many) {
  return `${n} ${n === 1 ? one : many}`;
}
