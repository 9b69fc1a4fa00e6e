// The ways of a reader through a conversation: by time, to the next of a kind, by words, nearer and farther.
import { eventsWith, findsOf, nextOf } from './finds.js';

export class Journey {
  #view;
  #laid; // the layout in which was looked
  #finds;

  /** @param view has the model, the choice, the sheet and the controls; selects and shows */
  constructor(view) {
    this.#view = view;
  }

  /** Where it can lead, by kind. */
  finds() {
    const { model, sheet: { layout } } = this.#view;
    if (this.#laid !== layout) {
      this.#laid = layout;
      this.#finds = findsOf(model, layout);
    }
    return this.#finds;
  }

  /** The row where the reader is: that of a choice, of the time, or -1, before the first. */
  get row() {
    const { choice, sheet: { layout } } = this.#view;
    if (choice.first >= 0) return layout.rowOf[choice.first];
    return choice.now === Infinity ? -1 : layout.rowOfTime(choice.now);
  }

  /** Goes to a row: what comes later fades. */
  go(place) {
    const { choice, sheet } = this.#view;
    const { rows } = sheet.layout;
    if (rows.length === 0) return;
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    choice.goTo(row.time);
    sheet.revealRow(row);
    this.#view.show();
  }

  /** Goes to the next of a kind. */
  jump(kind) {
    const { choice, sheet: { layout } } = this.#view;
    const found = this.finds().get(kind);
    if (found === undefined) return;
    const { ids, time } = nextOf(found, layout, this.row, choice.chosen);
    if (ids.length > 0) this.#view.select(...ids);
    else this.go(layout.rowOfTime(time));
  }

  /** Goes to the next event that has all words of a query, or to the one before; says which one of how many it is. */
  find(query, back = false) {
    const found = eventsWith(this.#view.model, query);
    if (found.length === 0) return `nothing has “${query.trim()}”`;
    const { first } = this.#view.choice;
    const after = found.findIndex(id => id > first);
    const before = found.findLastIndex(id => first >= 0 && id < first);
    const place = back ? (before < 0 ? found.length - 1 : before) : Math.max(0, after);
    this.#view.select(found[place]);
    return `${place + 1} of ${found.length}`;
  }

  /** Makes the picture larger, smaller, or as large as it was at first (0), around what the reader looks at. */
  zoom(by) {
    const { choice, controls, sheet } = this.#view;
    const zoom = by === 0 ? 1 : sheet.zoomed(by);
    if (zoom === undefined || sheet.layout.rows.length === 0) return;
    const middle = sheet.layout.rows[sheet.layout.rowAt(sheet.top + sheet.height / 2)];
    sheet.setZoom(zoom, middle.time);
    if (choice.first >= 0) sheet.reveal(choice.first);
    controls.zoomIs(zoom, sheet.zoomed(-1) !== undefined, sheet.zoomed(1) !== undefined);
  }
}
