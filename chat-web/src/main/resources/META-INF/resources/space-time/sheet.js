// The picture as it scrolls: what is visible is drawn, under names that stay, beside a strip of the whole.
import { Layout } from './layout.js';
import { Names } from './names.js';
import { Overview } from './overview.js';
import { Picture } from './picture.js';
import { html } from './svg.js';

const ZOOMS = [0.4, 0.55, 0.75, 1, 1.4, 2];

/** All heights and widths are those of the layout; a pixel of it has `zoom` pixels of the screen. */
export class Sheet {
  zoom = 1;

  constructor() {
    this.names = new Names();
    this.content = html('div', { class: 'st-sheet' });
    this.scroller = html('div', { class: 'st-scroll', tabindex: '0', role: 'region', 'aria-label': 'Space-time diagram: arrow keys go through Lamport time' },
      this.names.element, this.content);
    this.overview = new Overview(y => this.scrollTo(y - this.height / 2));
    this.scroller.addEventListener('scroll', () => requestAnimationFrame(() => this.draw()), { passive: true });
    this.focused = -1;
  }

  /** Lays a conversation out and draws what is visible of it. */
  lay(model, options) {
    this.layout = new Layout(model, { width: this.#width, ...options });
    this.#drawAnew(model);
    this.draw();
  }

  /** Draws the same in the width that there is now, lit as it was, around a Lamport time if one is given. */
  fit(time) {
    const { hasFocus, picture: { state } } = this;
    this.layout.fit(this.#width);
    this.#drawAnew(this.layout.model);
    this.picture.mark(state);
    if (time === undefined) this.draw();
    else this.scrollTo(this.layout.yOfTime(time) - this.height / 2);
    if (hasFocus) this.focus(this.focused);
  }

  /** Draws the same with another zoom, around a Lamport time. */
  setZoom(zoom, time) {
    this.zoom = zoom;
    this.fit(time);
  }

  get #width() {
    return Math.max(280, this.scroller.clientWidth) / this.zoom;
  }

  #drawAnew(model) {
    this.picture?.element.remove();
    this.picture = new Picture(model, this.layout);
    this.drawn = null;
    this.names.show(model, this.layout, this.zoom);
    this.content.style.width = `${this.layout.width * this.zoom}px`;
    this.content.style.height = `${this.layout.height * this.zoom}px`;
    this.content.append(this.picture.element);
    this.overview.element.hidden = this.layout.height < 1.5 * this.height;
    this.overview.paint(model, this.layout, this.overview.element.clientHeight || 300);
  }

  /** Height of what is visible below the names. */
  get height() {
    return Math.max(100, this.scroller.clientHeight - this.names.height) / this.zoom;
  }

  /** What is at the upper edge. */
  get top() {
    return this.scroller.scrollTop / this.zoom;
  }

  /** The next larger zoom, or smaller one; undefined at the end. */
  zoomed(by) {
    return ZOOMS[ZOOMS.indexOf(this.zoom) + by];
  }

  get hasFocus() {
    return this.picture?.element.contains(document.activeElement) ?? false;
  }

  get isAtEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollTop + clientHeight >= scrollHeight - 60;
  }

  /** Draws what is visible, and half a screen around it. */
  draw() {
    const { height, layout, picture, top, zoom } = this;
    const bottom = top + height;
    this.overview.frame(top, bottom);
    if (this.drawn !== null && this.drawn.top <= Math.max(0, top) && this.drawn.bottom >= Math.min(bottom, layout.height)) return;
    const from = Math.max(0, Math.floor(top - height / 2));
    const to = Math.min(layout.height, Math.ceil(bottom + height / 2));
    this.drawn = { top: from, bottom: to };
    const hadFocus = this.hasFocus;
    picture.element.setAttribute('viewBox', `0 ${from} ${layout.width} ${Math.max(1, to - from)}`);
    picture.element.setAttribute('width', String(layout.width * zoom));
    picture.element.setAttribute('height', String(Math.max(1, to - from) * zoom));
    picture.element.style.top = `${from * zoom}px`;
    picture.show(from, to);
    if (hadFocus && !this.hasFocus) this.scroller.focus({ preventScroll: true });
    this.rove(this.focused);
  }

  /** One step can be reached by Tab: the one that was reached last, or the first that is visible. */
  rove(focused) {
    this.focused = focused;
    this.tabStop?.setAttribute('tabindex', '-1');
    this.tabStop = this.picture.stepElement(focused) ?? this.picture.layers.steps.firstElementChild ?? undefined;
    this.tabStop?.setAttribute('tabindex', '0');
  }

  scrollTo(y) {
    this.scroller.scrollTop = Math.max(0, y * this.zoom);
    this.draw();
  }

  /** Scrolls to a step if it is not visible. */
  reveal(id) {
    const y = this.layout.y(id);
    if (y < 0) return;
    const { scroller, height, top } = this;
    if (y < top + 30 || y > top + height - 40) this.scrollTo(y - height / 2);
    const x = this.layout.stepX(id) * this.zoom;
    if (x < scroller.scrollLeft + 20 || x > scroller.scrollLeft + scroller.clientWidth - 20) {
      scroller.scrollLeft = Math.max(0, x - scroller.clientWidth / 2);
    }
  }

  /** Scrolls to a row if it is not visible, with more room in the direction of going. */
  revealRow({ y }) {
    const { top } = this;
    if (y < top + 20 || y > top + this.height - 40) this.scrollTo(y - this.height * (y < top ? 0.25 : 0.75));
  }

  /** Gives the focus to a step; to the whole if it is not drawn. */
  focus(id) {
    (this.picture.stepElement(id) ?? this.scroller).focus({ preventScroll: true });
  }
}
