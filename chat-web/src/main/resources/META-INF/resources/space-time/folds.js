// Many requests in vain, one after the other, are one thing that happened. No DOM.

const MOST_SHOWN = 4;

/**
 * Runs of requests without an answer, each on one lifeline with nothing else between: `{first, last, count, hidden}`, the first and
 * the last request, the number of requests, and the steps between that need not be drawn.
 */
export function folds(model) {
  const found = [];
  for (const own of model.ofLifeline) {
    let run = [];
    const close = () => {
      const requests = run.filter(id => model.steps[id].kind === 'request');
      if (requests.length > MOST_SHOWN) {
        const last = requests[requests.length - 1];
        const second = requests[1];
        found.push({ first: requests[0], last, count: requests.length, hidden: run.filter(id => id >= second && id < last) });
      }
      run = [];
    };
    for (const id of own) {
      if (isInVain(model, id)) run.push(id);
      else close();
    }
    close();
  }
  return found;
}

function isInVain(model, id) {
  const { kind, text } = model.steps[id];
  return kind === 'no-answer' || (kind === 'stream-end' && text !== '' && text !== 'OK')
    || (kind === 'request' && model.lossOf(id) === 'lost');
}
