// All that a page can try with a service of another origin, also if it knows a session token of somebody. `attack` gives for each
// attempt what it has read, or `nothing`.
window.attack = async (service, token) => {
  const call = (method) => `${service}/chittychat.v1.ChatService/${method}`;
  const join = JSON.stringify({ participantName: 'mallory' });
  const publish = JSON.stringify({ sessionToken: token, text: 'said by a hostile page' });
  const list = JSON.stringify({ sessionToken: token });
  const nothing = 'nothing';
  const soon = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve(nothing), 1500))]);

  const request = async (url, options) => {
    const response = await fetch(url, options);
    const text = await response.text();
    if (response.type === 'opaque') {
      return text === '' ? nothing : text;
    }
    return response.ok ? text || 'an answer' : `${response.status} ${text}`;
  };
  const post = (method, body, type, more = {}) => request(call(method), { method: 'POST', body, headers: { 'content-type': type }, ...more });

  const element = (name, attributes) => new Promise((resolve) => {
    const made = document.createElement(name);
    made.onload = () => resolve('loaded');
    made.onerror = () => resolve(nothing);
    Object.assign(made, attributes);
    document.body.append(made);
  });
  const frame = async (fill) => {
    const made = document.createElement('iframe');
    made.name = `frame-${Math.random()}`;
    document.body.append(made);
    const loaded = new Promise((resolve) => (made.onload = resolve));
    fill(made);
    await soon(loaded);
    try {
      return made.contentDocument?.body?.textContent || nothing;
    } catch {
      return nothing;
    }
  };
  const form = (method, body, enctype) => frame((made) => {
    const sent = Object.assign(document.createElement('form'), { action: call(method), method: 'post', enctype, target: made.name });
    // With text/plain a field is sent as name=value: together they are JSON.
    const at = body.lastIndexOf('"') - 1;
    const field = Object.assign(document.createElement('input'), { name: `${body.slice(0, at)}=`, value: body.slice(at) });
    sent.append(field);
    document.body.append(sent);
    sent.submit();
  });

  const attempts = {
    'fetch page': () => request(`${service}/`),
    'fetch page, no-cors': () => request(`${service}/`, { mode: 'no-cors' }),
    'fetch health': () => request(`${service}/actuator/health`),
    'fetch meters': () => request(`${service}/actuator/prometheus`),
    'fetch with credentials': () => request(`${service}/`, { credentials: 'include' }),
    'Join, JSON': () => post('Join', join, 'application/json'),
    'Join, JSON, no-cors': () => post('Join', join, 'application/json', { mode: 'no-cors' }),
    'Join, text/plain': () => post('Join', join, 'text/plain'),
    'Join, text/plain, no-cors': () => post('Join', join, 'text/plain', { mode: 'no-cors' }),
    'Join, form, no-cors': () => post('Join', join, 'application/x-www-form-urlencoded', { mode: 'no-cors' }),
    'Join, no content type': () => request(call('Join'), { method: 'POST', body: new Blob([join]), mode: 'no-cors' }),
    'Join, connect': () => post('Join', join, 'application/connect+json'),
    'Join, gRPC-Web': () => post('Join', join, 'application/grpc-web+json'),
    'Join, PUT': () => request(call('Join'), { method: 'PUT', body: join }),
    'Join, GET': () => request(`${call('Join')}?encoding=json&message=${encodeURIComponent(join)}`, { mode: 'no-cors' }),
    'Publish, JSON': () => post('Publish', publish, 'application/json'),
    'Publish, text/plain, no-cors': () => post('Publish', publish, 'text/plain', { mode: 'no-cors' }),
    'Publish, keepalive': () => post('Publish', publish, 'text/plain', { mode: 'no-cors', keepalive: true }),
    'ListEvents, JSON': () => post('ListEvents', list, 'application/json'),
    'ListEvents, text/plain, no-cors': () => post('ListEvents', list, 'text/plain', { mode: 'no-cors' }),
    'XMLHttpRequest': () => new Promise((resolve) => {
      const asked = new XMLHttpRequest();
      asked.open('POST', call('Join'));
      asked.onload = () => resolve(asked.status === 200 ? asked.responseText : `${asked.status} `);
      asked.onerror = () => resolve(nothing);
      asked.send(join);
    }),
    'beacon, text': () => (navigator.sendBeacon(call('Join'), join), nothing),
    'beacon, JSON': () => (navigator.sendBeacon(call('Publish'), new Blob([publish], { type: 'application/json' })), nothing),
    'form, text/plain': () => form('Join', join, 'text/plain'),
    'form, urlencoded': () => form('Join', join, 'application/x-www-form-urlencoded'),
    'form, multipart': () => form('Publish', publish, 'multipart/form-data'),
    'iframe': () => frame((made) => (made.src = `${service}/`)),
    'object': () => element('object', { data: `${service}/` }),
    'img': () => element('img', { src: `${service}/favicon.svg` }),
    'script': () => element('script', { src: `${service}/chat/backoff.js`, type: 'module' }),
    'script, classic': () => element('script', { src: `${service}/chat/backoff.js` }),
    'style': () => element('link', { rel: 'stylesheet', href: `${service}/page.css` }),
    'EventSource': () => new Promise((resolve) => {
      const source = new EventSource(call('Broadcast'));
      source.onmessage = source.onopen = () => resolve('open');
      source.onerror = () => (source.close(), resolve(nothing));
    }),
    'WebSocket': () => new Promise((resolve) => {
      const socket = new WebSocket(`${service.replace('http', 'ws')}/`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve(nothing);
    }),
  };
  const results = await Promise.all(Object.entries(attempts).map(async ([name, attempt]) => [name, await soon(Promise.resolve().then(attempt)).catch(() => nothing)]));
  return Object.fromEntries(results);
};
