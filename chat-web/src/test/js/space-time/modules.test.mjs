import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../main/resources/META-INF/resources', import.meta.url));
const names = readdirSync(join(root, 'space-time')).filter(name => name.endsWith('.js')).map(name => `space-time/${name}`);

/** The modules in the order of their imports, with those of the conversation that they need. */
function closure() {
  const order = [];
  const visit = (name, path) => {
    assert.ok(!path.includes(name), `${name} imports itself: ${[...path, name].join(' -> ')}`);
    if (order.includes(name)) return;
    const source = readFileSync(join(root, name), 'utf8');
    for (const [, from] of source.matchAll(/^import\s[^;]*'(.+)';\n/gm)) visit(normalize(join(dirname(name), from)), [...path, name]);
    order.push(name);
  };
  names.forEach(name => visit(name, []));
  return order;
}

test('the modules make one script, as the diagram’s page has them: no two have a top-level name in common', () => {
  const code = closure().map(name => readFileSync(join(root, name), 'utf8')
    .replace(/^import\s[^;]*;\n/gm, '').replace(/^export /gm, '')).join('\n');
  new Function(`'use strict';\n{\n${code}\n}\n`); // a syntax error names the second one
});

test('the trace packs exactly these modules, each after those that it imports', () => {
  const java = readFileSync(fileURLToPath(new URL(
    '../../../../../chat-trace/src/main/java/io/chittychat/trace/diagram/PageModules.java', import.meta.url)), 'utf8');
  const packed = [...java.matchAll(/"((?:chat|space-time)\/[a-z-]+\.js)"/g)].map(([, name]) => name);
  assert.deepEqual([...packed].sort(), [...closure()].sort());
  for (const [place, name] of packed.entries()) {
    for (const [, from] of readFileSync(join(root, name), 'utf8').matchAll(/^import\s[^;]*'(.+)';\n/gm)) {
      assert.ok(packed.indexOf(normalize(join(dirname(name), from))) < place, `${name} stands before ${from}`);
    }
  }
});

test('no module touches what a strict content security policy forbids', () => {
  for (const name of names) {
    const source = readFileSync(join(root, name), 'utf8');
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\('style'/, name);
  }
});
