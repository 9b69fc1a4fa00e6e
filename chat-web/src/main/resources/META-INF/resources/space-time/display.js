// Shows what is chosen: in the picture, in the panel, and in one line that is read out.
import { reach } from './causality.js';
import { sidesOf } from './lit.js';
import { pairOf } from './panel.js';

const UNLIT = { chosen: -1, other: -1, sides: null, chain: null, now: Infinity };

export class Display {
  #root;
  #sheet;
  #panel;
  #controls;

  constructor({ root, sheet, panel, controls }) {
    this.#root = root;
    this.#sheet = sheet;
    this.#panel = panel;
    this.#controls = controls;
  }

  show(model, choice) {
    const { layout } = this.#sheet;
    const { about, now } = choice;
    if (choice.chosen.length === 2) this.#pair(pairOf(model, choice.first, choice.second), choice);
    else if (about >= 0) this.#step(model, choice);
    else this.#time(model, now);
    this.#controls.at(now === Infinity ? layout.rows.length - 1 : layout.rowOfTime(now), layout);
    this.#root.classList.toggle('st-has-choice', about >= 0);
    this.#sheet.rove(choice.focused);
  }

  #pair(pair, { first, second }) {
    this.#sheet.picture.mark({ ...UNLIT, chosen: first, other: second, chain: new Set([...pair.lit, ...pair.ends]) });
    this.#panel.showPair(pair);
    this.#controls.say(pair.sentence.map(part => typeof part === 'string' ? part : part.text).join(''));
  }

  #step(model, { about, first, bySteps }) {
    const { picture } = this.#sheet;
    const steps = reach(model, about);
    const sides = model.talkOf.has(about) && !bySteps ? sidesOf(model, about, false) : steps;
    picture.mark({ ...UNLIT, chosen: about, sides });
    this.#panel.showStep(about, steps, bySteps);
    const isPinned = first >= 0;
    if (isPinned || picture.stepElement(about) === document.activeElement) {
      const { time, summary } = model.steps[about];
      this.#controls.say(`Lamport time ${time}: ${summary}${isPinned ? ' (Click another step to compare.)' : ''}`);
    }
  }

  #time(model, now) {
    const { layout, picture } = this.#sheet;
    picture.mark({ ...UNLIT, now });
    this.#panel.showHint(layout.brackets);
    const here = now === Infinity ? [] : layout.stepsOfRow[layout.rowOfTime(now)] ?? [];
    this.#controls.say(now === Infinity ? ''
      : `Lamport time ${now}: ${here.map(id => model.steps[id].summary).join(' · ') || 'nothing that is shown'}`);
  }
}
