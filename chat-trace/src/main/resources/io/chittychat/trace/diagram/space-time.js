'use strict';
// Answers about a conversation: which steps could have caused a step, which it could have caused, and which neither.
(() => {
  const data = JSON.parse(document.getElementById('space-time-data').textContent);
  const byId = id => document.getElementById(id);
  const diagram = byId('diagram');

  // What belongs to what: the elements of the diagram, and the arrows between steps.
  const marks = data.steps.map(step => byId('step-' + step.id));
  const arrows = data.messages.map(message => diagram.querySelector(`[data-message="${message.id}"]`));
  const notes = new Map([...diagram.querySelectorAll('.note')].map(note => [Number(note.dataset.step), note]));
  const rows = new Map([...diagram.querySelectorAll('.time')].map(row => [Number(row.dataset.time), row]));
  const times = [...rows.keys()].sort((one, other) => one - other);

  const causes = data.steps.map(() => []);
  const effects = data.steps.map(() => []);
  const link = (from, to) => {
    causes[to].push(from);
    effects[from].push(to);
  };
  const last = new Map();
  for (const step of data.steps) {
    if (last.has(step.lifeline)) link(last.get(step.lifeline), step.id);
    last.set(step.lifeline, step.id);
  }
  for (const message of data.messages) link(message.from, message.to);

  /** All that can be reached from a step, without the step itself. */
  function reach(start, next) {
    const found = new Set();
    const open = [start];
    while (open.length > 0) {
      for (const id of next[open.pop()]) {
        if (id !== start && !found.has(id)) {
          found.add(id);
          open.push(id);
        }
      }
    }
    return found;
  }

  const isPart = data.window.from > data.window.first || data.window.to < data.window.last;
  const ofPart = isPart ? ' Only what is shown is counted.' : '';

  // The state: a step that is pointed at, one that is pinned, a place in time, and who is left out.
  const state = { pointed: null, pinned: null, now: null, absent: new Set() };

  const shown = id => !state.absent.has(data.steps[id].lifeline);

  function show() {
    const chosen = state.pointed ?? state.pinned;
    const past = chosen === null ? new Set() : reach(chosen, causes);
    const future = chosen === null ? new Set() : reach(chosen, effects);
    const side = id => id === chosen ? 'chosen' : past.has(id) ? 'past' : future.has(id) ? 'future' : 'concurrent';
    const time = state.now === null ? Infinity : times[state.now];
    for (const step of data.steps) {
      const classes = marks[step.id].classList;
      for (const name of ['chosen', 'past', 'future', 'concurrent']) {
        classes.toggle(name, chosen !== null && side(step.id) === name);
      }
      classes.toggle('later', chosen === null && step.time > time);
      classes.toggle('absent', !shown(step.id));
      marks[step.id].setAttribute('aria-pressed', String(state.pinned === step.id));
    }
    for (const message of data.messages) {
      const ends = [message.from, message.to];
      // An arrow is of the past if what it carried is, and of the future likewise.
      const lit = ends.every(id => id === chosen || past.has(id)) || ends.every(id => id === chosen || future.has(id));
      const classes = arrows[message.id].classList;
      classes.toggle('dim', chosen !== null && !lit);
      classes.toggle('later', chosen === null && data.steps[message.to].time > time);
      classes.toggle('absent', !ends.every(shown));
    }
    for (const [id, note] of notes) {
      note.classList.toggle('dim', chosen !== null && side(id) === 'concurrent');
      note.classList.toggle('later', chosen === null && data.steps[id].time > time);
      note.classList.toggle('absent', !shown(id));
    }
    for (const [row, line] of rows) line.classList.toggle('now', row === time);
    tell(chosen, past, future);
  }

  function tell(chosen, past, future) {
    byId('hint').hidden = chosen !== null;
    byId('causality').hidden = chosen === null;
    byId('details').hidden = chosen === null;
    if (chosen === null) {
      say(state.now === null ? '' : atTime(times[state.now]));
      return;
    }
    const step = data.steps[chosen];
    const neither = data.steps.length - 1 - past.size - future.size;
    const counts = `${past.size} before, ${future.size} after, ${neither} concurrent`;
    byId('causality').replaceChildren(
      element('b', 'past', `${past.size} before`), ' ',
      element('b', 'future', `${future.size} after`), ' ',
      element('b', 'neither', `${neither} concurrent`), ' ',
      element('span', 'meaning', `${past.size} could have caused this step and ${future.size} could be its effects; `
        + (neither === 0 ? 'none is out of its reach.' : `with ${neither} it has nothing to do: neither could have known of the other.`) + ofPart));
    details(step);
    if (state.pointed === null || document.activeElement === marks[chosen]) {
      say(`Lamport time ${step.time}: ${step.summary} (${counts})`);
    }
  }

  function element(kind, name, text) {
    const made = document.createElement(kind);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function details(step) {
    const came = data.messages.filter(message => message.to === step.id).map(message => data.steps[message.from]);
    const rowsOfTable = [
      ['what', step.summary],
      ['process', data.lifelines[step.lifeline].shown],
      ['kind', step.kind + (step.rpc ? ` (${step.rpc})` : '')],
      ['Lamport time', String(step.time)],
      ...came.map(cause => ['sent at', `${cause.time} by ${data.lifelines[cause.lifeline].shown}`]),
      ['wall clock', step.recordedAt],
      ['log', step.file === undefined ? undefined : `${step.file}:${step.line}`],
      ['rule', step.broken ? 'broken: not later than its cause' : undefined],
    ];
    byId('details').replaceChildren(...rowsOfTable.filter(([, value]) => value !== undefined).flatMap(([name, value]) =>
      [element('dt', '', name), element('dd', '', value)]));
  }

  function say(text) {
    if (byId('status').textContent !== text) byId('status').textContent = text;
  }

  function atTime(time) {
    const here = data.steps.filter(step => step.time === time && shown(step.id)).map(step => step.summary);
    return `Lamport time ${time}: ${here.length > 0 ? here.join(' · ') : 'nothing that is shown'}`;
  }

  function go(place) {
    state.now = Math.max(0, Math.min(times.length - 1, place));
    state.pointed = null;
    state.pinned = null;
    show();
    rows.get(times[state.now]).scrollIntoView({ block: 'nearest' });
  }

  function clear() {
    state.pointed = null;
    state.pinned = null;
    state.now = null;
    if (marks.includes(document.activeElement)) document.activeElement.blur();
    show();
  }

  function pin(id) {
    state.pinned = state.pinned === id ? null : id;
    state.now = null;
    show();
  }

  const keys = {
    ArrowDown: () => go(state.now === null ? 0 : state.now + 1),
    j: () => keys.ArrowDown(),
    ArrowUp: () => go(state.now === null ? times.length - 1 : state.now - 1),
    k: () => keys.ArrowUp(),
    Home: () => go(0),
    End: () => go(times.length - 1),
    Escape: clear,
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || times.length === 0 || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Marks are small: each gets a place around it that a pointer and the focus can find.
  function prepare(step) {
    const mark = marks[step.id];
    const box = mark.getBBox();
    const target = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({
      class: 'target', x: box.x - 3, y: box.y - 2, width: box.width + 6, height: box.height + 4, rx: 6,
    })) target.setAttribute(name, value);
    mark.insertBefore(target, mark.querySelector('title').nextSibling);
    mark.setAttribute('tabindex', '0');
    mark.setAttribute('role', 'button');
    mark.setAttribute('aria-label', mark.querySelector('title').textContent);
    mark.addEventListener('pointerenter', () => point(step.id));
    mark.addEventListener('pointerleave', () => point(null));
    mark.addEventListener('focus', () => point(step.id));
    mark.addEventListener('blur', () => point(null));
    mark.addEventListener('click', () => pin(step.id));
    mark.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        pin(step.id);
      }
    });
  }

  function point(id) {
    state.pointed = id;
    show();
  }

  function filter(lifeline) {
    if (lifeline.role !== 'participant') return;
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = true;
    box.dataset.lifeline = lifeline.id;
    box.addEventListener('change', () => {
      if (box.checked) state.absent.delete(lifeline.id);
      else state.absent.add(lifeline.id);
      diagram.querySelector(`.lifeline[data-lifeline="${lifeline.id}"]`).classList.toggle('absent', !box.checked);
      show();
    });
    label.append(box, ' ', lifeline.shown);
    byId('filter').append(label);
  }

  diagram.querySelector('svg').setAttribute('role', 'group');
  data.steps.forEach(prepare);
  data.lifelines.forEach(filter);
  show();
})();
