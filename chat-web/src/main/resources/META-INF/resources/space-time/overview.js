// A strip of the whole conversation: where there is much, whose it is, what went wrong, and which part is shown.
import { authorClass } from './colours.js';
import { html } from './svg.js';

const WIDTH = 28;

export class Overview {
  /** @param goTo called with a height of the layout */
  constructor(goTo) {
    this.element = html('canvas', { class: 'st-overview', 'aria-hidden': 'true' });
    const go = event => {
      if (event.buttons !== 1 || this.layout === undefined) return;
      const { top, height } = this.element.getBoundingClientRect();
      goTo((event.clientY - top) / height * this.layout.height);
    };
    this.element.addEventListener('pointerdown', event => {
      this.element.setPointerCapture(event.pointerId);
      go(event);
    });
    this.element.addEventListener('pointermove', go);
  }

  /** Paints all of it; only when the conversation, the height or the colours change. */
  paint(model, layout, height) {
    const scale = globalThis.devicePixelRatio ?? 1;
    const style = getComputedStyle(this.element);
    const look = `${height * scale} ${style.color}`;
    if (this.layout === layout && this.look === look) return;
    this.layout = layout;
    this.look = look;
    this.element.width = WIDTH * scale;
    this.element.height = Math.max(1, height * scale);
    const colour = new Map();
    // A canvas knows no variables: an element says what colour the style sheet has made of one.
    const probe = this.element.parentElement.appendChild(html('span'));
    const of = name => {
      if (!colour.has(name)) {
        probe.className = `st-probe ${authorClass(name)}`;
        colour.set(name, getComputedStyle(probe).color);
      }
      return colour.get(name);
    };
    const paint = document.createElement('canvas');
    paint.width = this.element.width;
    paint.height = this.element.height;
    const context = paint.getContext('2d');
    const at = y => y / layout.height * paint.height;
    const thick = Math.max(1, Math.min(4, paint.height / Math.max(1, layout.rows.length) * 0.7));
    for (const said of model.talk) {
      const y = layout.y(said.event);
      if (y < 0) continue;
      context.fillStyle = of(said.author);
      context.fillRect(6 * scale, at(y), 13 * scale, thick);
    }
    probe.remove();
    context.fillStyle = style.color;
    for (const { lane, top, bottom } of layout.brackets) {
      if (lane >= 0) context.fillRect(22 * scale, at(top), 2 * scale, Math.max(2, at(bottom) - at(top)));
    }
    context.fillStyle = style.getPropertyValue('--wrong').trim() || style.color;
    const bad = id => model.faults.has(id) || model.steps[id].kind === 'crash' || model.steps[id].kind === 'no-answer';
    for (const { id } of model.steps) {
      if (layout.y(id) >= 0 && bad(id)) context.fillRect(0, at(layout.y(id)), 4 * scale, Math.max(2, thick));
    }
    for (const { y } of layout.incidents) context.fillRect(0, at(y), WIDTH * scale, 2);
    this.background = paint;
    this.frameColour = style.getPropertyValue('--now').trim() || style.color;
  }

  /** The part that is shown, as heights of the layout. */
  frame(top, bottom) {
    if (this.background === undefined) return;
    const context = this.element.getContext('2d');
    const { width, height } = this.element;
    context.clearRect(0, 0, width, height);
    context.drawImage(this.background, 0, 0);
    const from = top / this.layout.height * height;
    const to = Math.max(from + 6, Math.min(height, bottom / this.layout.height * height));
    context.globalAlpha = 0.22;
    context.fillStyle = this.frameColour;
    context.fillRect(0, from, width, to - from);
    context.globalAlpha = 1;
    context.strokeStyle = this.frameColour;
    context.lineWidth = 2;
    context.strokeRect(1, from + 1, width - 2, Math.max(2, to - from - 2));
  }
}
