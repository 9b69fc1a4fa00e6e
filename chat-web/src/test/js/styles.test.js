import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COLOURS } from '../../main/resources/META-INF/resources/chat/colours.js';

const css = readFileSync(new URL('../../main/resources/META-INF/resources/page.css', import.meta.url), 'utf8');
const pairs = new Map([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, ...shades]) => [name, shades]));

/** The relative luminance of WCAG 2.2. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('all text has a contrast of 4.5 to 1 to the papers that it stands on, in light and in dark', () => {
  const inks = ['ink', 'quiet', 'warning', 'wrong', 'good', 'bracket-ink', ...Array.from({ length: COLOURS }, (_, i) => `author-${i}`)];
  for (const ink of inks) {
    for (const paper of ['paper', 'raised', 'own', 'called']) {
      for (const scheme of [0, 1]) {
        const found = contrast(pairs.get(ink)[scheme], pairs.get(paper)[scheme]);
        assert.ok(found >= 4.5, `${ink} on ${paper}, ${['light', 'dark'][scheme]}: ${found.toFixed(2)}`);
      }
    }
  }
  [0, 1].forEach((scheme) => assert.ok(contrast(pairs.get('on-action')[scheme], pairs.get('action')[scheme]) >= 4.5));
});
