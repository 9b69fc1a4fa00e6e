// What the reader has chosen: a step, two to compare, or a time up to which the picture is lit. No DOM.

/** The state of a view; -1 stands for no step. */
export class Choice {
  first = -1;
  second = -1; // compared with the first
  pointed = -1; // below the pointer, or reached by the keys
  focused = -1; // has the focus, or had it last
  now = Infinity; // what is later fades
  bySteps = false; // whether a message lights up steps instead of messages

  /** The chosen steps, none to two. */
  get chosen() {
    return [this.first, this.second].filter(id => id >= 0);
  }

  /** The step that is told about. */
  get about() {
    return this.first >= 0 ? this.first : this.pointed;
  }

  set(first, second = -1) {
    this.first = first;
    this.second = second;
    this.now = Infinity;
  }

  goTo(time) {
    this.first = this.second = this.pointed = -1;
    this.now = time;
  }

  clear() {
    this.goTo(Infinity);
  }

  /** Finds the steps of one model again in another, in which numbers differ. */
  carry(from, to) {
    for (const name of ['first', 'second', 'pointed', 'focused']) this[name] = counterpart(this[name], from, to);
  }
}

function counterpart(id, from, to) {
  if (id < 0) return -1;
  const { lifeline, kind, time } = from.steps[id];
  const { name, role } = from.lifelines[lifeline];
  const same = to.lifelines.findIndex(other => other.name === name && other.role === role);
  return to.ofLifeline[same]?.find(other => to.steps[other].time === time && to.steps[other].kind === kind) ?? -1;
}
