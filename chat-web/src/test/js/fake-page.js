// The page without a browser: elements that hold text and hear clicks, without layout, and a network that leads to a FakeService.
const HEAD = 5; // bytes before a message of a stream

class FakeElement {
  children = [];
  dataset = {};
  attributes = {};
  hidden = false;
  value = '';
  isConnected = true;
  #text = '';
  #listeners = new Map();
  classList = { add() {}, remove() {}, toggle() {} };
  focus() {}
  select() {}
  scrollIntoView() {}
  scrollBy() {}
  get childElementCount() {
    return this.children.length;
  }

  get firstElementChild() {
    return this.children[0];
  }

  get lastElementChild() {
    return this.children.at(-1);
  }

  get textContent() {
    return this.#text + this.children.map((child) => child.textContent ?? child).join('');
  }

  set textContent(text) {
    this.children = [];
    this.#text = text;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  append(...children) {
    this.#adopt(children);
    this.children.push(...children);
  }

  prepend(...children) {
    this.#adopt(children);
    this.children.unshift(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  remove() {
    if (this.parent !== undefined) {
      this.parent.children = this.parent.children.filter((one) => one !== this);
    }
  }

  /** A form of the page has a button, which is not made here. */
  querySelector(selector) {
    return this.all(selector)[0] ?? (selector === 'button' ? new FakeElement() : null);
  }

  getBoundingClientRect() {
    return { top: 0, bottom: 0 };
  }

  addEventListener(type, listener) {
    this.#listeners.set(type, listener);
  }

  /** Does what the user does; completes when the page has. */
  fire(type, event = {}) {
    return this.#listeners.get(type)({ preventDefault() {}, ...event });
  }

  /** All descendants with a name or a .class. */
  all(selector) {
    return this.children.filter((child) => child instanceof FakeElement)
      .flatMap((child) => [...(child.#is(selector) ? [child] : []), ...child.all(selector)]);
  }

  #is(selector) {
    return selector.startsWith('.') ? this.attributes.class?.split(' ').includes(selector.slice(1)) : this.name === selector;
  }

  #adopt(children) {
    children.filter((child) => child instanceof FakeElement).forEach((child) => (child.parent = this));
  }
}

/** Loads the page, once for a process. Gives a function that finds an element by its selector. */
export async function openPage(service) {
  const found = new Map();
  const find = (selector) => found.get(selector) ?? found.set(selector, new FakeElement()).get(selector);
  const stored = new Map();
  const globals = {
    navigator: {}, // no locks: no other tabs
    document: {
      querySelector: find,
      createElement: (name) => Object.assign(new FakeElement(), { name }),
      body: new FakeElement(),
      head: new FakeElement(),
      addEventListener() {},
      hidden: false,
      title: '',
    },
    ResizeObserver: class {
      observe() {}
    },
    addEventListener() {},
    location: new URL('http://localhost/'),
    matchMedia: () => ({ matches: false }),
    requestAnimationFrame: (draw) => setImmediate(draw),
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value), removeItem: (key) => stored.delete(key),
    },
    fetch: fetchFrom(service),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }); // newer Nodes have some of them
  }
  ['people', 'search', 'time'].forEach((name) => (find(`#${name}`).hidden = true));
  await import('../../main/resources/META-INF/resources/page.js');
  return find;
}

function fetchFrom(service) {
  const transport = service.transport();
  return async (url, { method: verb, body, headers, signal }) => {
    if (verb === 'HEAD') {
      throw new TypeError('no network'); // a request that fails is not repeated
    }
    const method = url.split('/').at(-1);
    if (method !== 'Broadcast') {
      const reply = await transport.unary(method, JSON.parse(body), { headers });
      return { ok: true, text: async () => JSON.stringify(reply) };
    }
    const messages = transport.stream(method, JSON.parse(new TextDecoder().decode(body.subarray(HEAD))), { signal });
    return {
      ok: true,
      headers: new Headers({ 'content-type': headers['content-type'] }),
      body: ReadableStream.from((async function* bytes() {
        for await (const message of messages) {
          const json = new TextEncoder().encode(JSON.stringify(message));
          const head = new Uint8Array(HEAD);
          new DataView(head.buffer).setUint32(1, json.length);
          yield Uint8Array.from([...head, ...json]);
        }
      })()),
    };
  };
}
