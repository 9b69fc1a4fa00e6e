// Steps as they are found, which become the data of a Model. No DOM.
import { tame } from '../chat/text.js';

/** One line about a step, as the trace words it. */
function sentence(step, lifelines) {
  const who = tame(lifelines[step.lifeline].name);
  const author = tame(step.author ?? '');
  const text = tame(step.text);
  const said = text === '' ? '' : ': ' + text;
  switch (step.kind) {
    case 'request': return `${who} sends ${step.rpc || 'a request'}${said}`;
    case 'reply': return `${who} receives the reply to ${step.rpc || 'a request'}`;
    case 'refusal': return `${who} is refused ${step.rpc}${said}`;
    case 'no-answer': return `${who} gets no answer to ${step.rpc || 'a request'}${said}`;
    case 'receipt': return `${who} receives${said}`;
    case 'caught-up': return `${who} has everything so far`;
    case 'stream-end': return `${who}: ${text}`;
    case 'published': return `${author}${said}`;
    case 'attached': return `${author} listens`;
    default: return `${author} ${step.kind}`;
  }
}

/** Steps in the order in which they were found, and then in a possible order of the conversation. */
export class Graph {
  steps = [];
  messages = [];

  step(made) {
    this.steps.push({ rpc: '', text: '', broken: false, found: this.steps.length, ...made });
    return this.steps[this.steps.length - 1];
  }

  message(from, to, kind) {
    if (from !== undefined && to !== undefined) this.messages.push({ from, to, kind });
  }

  /** Lamport time is such an order; steps of one process with the same time keep theirs. */
  ordered(lifelines) {
    const steps = [...this.steps].sort((one, other) => one.time - other.time || one.found - other.found);
    steps.forEach((step, id) => {
      step.id = id;
      step.summary = sentence(step, lifelines);
    });
    return {
      steps,
      messages: this.messages.map(({ from, to, kind }, id) => ({ id, from: from.id, to: to.id, kind, broken: from.time >= to.time })),
    };
  }
}
