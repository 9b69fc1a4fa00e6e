// A window over many items: at most 300 of them have a line in the document, whatever their number. The window follows the newest item,
// or stays with what the reader looks at.

const WINDOW = 300;
const STEP = 100;
const NEAR = 400; // px from an end of the window, where it moves
const AT_END = 40; // px: so near to the newest line counts as there

export class RowList {
  #scroller;
  #rows;
  #items;
  #make;
  #update;
  #onFollow;
  #onTop;
  #start = 0;
  #end = 0;
  #following = true;
  #scheduled = false;
  #drawn = 0; // the number of items when they were last drawn: newer ones are no reason to stop following

  /**
   * @param items gives the items, whose array may change between calls
   * @param make makes the line of an item, from it and the one before it
   * @param update brings a line up to date with its item
   * @param onFollow is told whether the newest item is in view
   * @param onTop is told that the reader has come to the first item
   */
  constructor({ scroller, rows, items, make, update, onFollow, onTop }) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#items = items;
    this.#make = make;
    this.#update = update;
    this.#onFollow = onFollow;
    this.#onTop = onTop;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(scroller);
  }

  get isFollowing() {
    return this.#following;
  }

  /** Items were appended, or changed. */
  changed() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.#sync();
      });
      setTimeout(() => this.#scheduled && document.hidden && ((this.#scheduled = false), this.#sync()), 500); // no frames while hidden
    }
  }

  /** Items were put in. */
  inserted(at, count) {
    if (at > this.#start && at < this.#end) {
      this.#rows.replaceChildren(); // rare: a new log has begun
      this.#start = this.#end = at;
    } else if (at <= this.#start) {
      this.#start += count;
      this.#end += count;
    }
    this.#sync();
    this.#scrolled();
  }

  /** The first items were dropped. */
  dropped(count) {
    const gone = Math.min(count, this.#end) - this.#start;
    for (let i = 0; i < gone; i++) {
      this.#rows.firstElementChild?.remove();
    }
    this.#start = Math.max(0, this.#start - count);
    this.#end = Math.max(0, this.#end - count);
    this.#drawn = Math.max(0, this.#drawn - count);
  }

  /** Goes to the newest item, and follows it. */
  follow() {
    this.#following = true;
    this.#sync();
    this.#onFollow(true);
  }

  /** Shows an item in the middle, and returns its line. */
  reveal(index) {
    this.#following = false;
    this.#window(Math.max(0, index - WINDOW / 2), Math.min(this.#items().length, index + WINDOW / 2));
    const row = this.#rows.children[index - this.#start];
    row?.scrollIntoView({ block: 'center' });
    this.#onFollow(false);
    return row;
  }

  #sync() {
    const length = this.#items().length;
    this.#drawn = length;
    if (this.#following) {
      this.#window(Math.max(0, length - WINDOW), length);
    } else if (this.#end - this.#start < WINDOW) {
      this.#window(this.#start, Math.min(length, this.#start + WINDOW));
    }
    [...this.#rows.children].forEach((row, i) => this.#update(row, this.#items()[this.#start + i]));
    if (this.#following) {
      this.#toEnd();
    }
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    const length = this.#items().length;
    const following = below < AT_END && this.#end >= this.#drawn;
    if (following !== this.#following) {
      this.#following = following;
      this.#onFollow(following);
    }
    if (scrollTop < NEAR) {
      if (this.#start > 0) {
        const start = Math.max(0, this.#start - STEP);
        this.#window(start, Math.min(this.#end, start + WINDOW));
      } else {
        this.#onTop();
      }
    } else if (below < NEAR && this.#end < length) {
      const end = Math.min(length, this.#end + STEP);
      this.#window(Math.max(this.#start, end - WINDOW), end);
    }
  }

  /** Makes the lines be those of the items from start to end, and leaves what the reader looks at where it is. */
  #window(start, end) {
    const anchor = this.#following ? undefined : this.#firstInView();
    const before = anchor?.getBoundingClientRect().top;
    if (start >= this.#end || end <= this.#start) {
      this.#rows.replaceChildren(...this.#made(start, end));
    } else {
      for (; this.#start < start; this.#start++) {
        this.#rows.firstElementChild.remove();
      }
      for (; this.#end > end; this.#end--) {
        this.#rows.lastElementChild.remove();
      }
      this.#rows.prepend(...this.#made(start, this.#start));
      this.#rows.append(...this.#made(this.#end, end));
    }
    this.#start = start;
    this.#end = end;
    if (anchor?.isConnected) {
      this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    }
  }

  #made(start, end) {
    const items = this.#items();
    const made = [];
    for (let i = start; i < end; i++) {
      made.push(this.#make(items[i], items[i - 1]));
    }
    return made;
  }

  #firstInView() {
    const top = this.#scroller.getBoundingClientRect().top;
    return [...this.#rows.children].find((row) => row.getBoundingClientRect().bottom > top);
  }
}
