package io.chittychat.demo.page;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.chittychat.process.machine.Browser;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.Keys;

/** Somebody with the page in a window of a browser of many, who uses the keyboard. */
final class PageUser {

    private final Browser browser;
    private final String window;
    private final String name;

    private PageUser(Browser browser, String name) {
        this.browser = browser;
        this.name = name;
        this.window = browser.newWindow();
    }

    /** Opens the page in a new window. */
    static PageUser open(Browser browser, URI page, String name) {
        PageUser user = new PageUser(browser, name);
        browser.open(page);
        return user;
    }

    /** Types the name, where the focus is, and presses Enter. */
    void join() {
        browser().press(name, Keys.ENTER);
    }

    void awaitLive() {
        awaitTrue("document.body.dataset.link === 'live' && !document.querySelector('#composer').hidden");
    }

    /** Types a message where the focus is, and presses Enter. */
    void say(String text) {
        browser().focus("#text");
        browser().press(text, Keys.ENTER);
    }

    /** The messages since this user joined, in their order, as {@code L12 bob: hello}; all that have a line if the join has none. */
    List<String> messages() {
        return browser().ask("""
            (() => {
              const rows = [...document.querySelectorAll('#rows .row')];
              const joined = rows.findLastIndex(row => row.textContent.includes('Participant NAME joined'));
              return rows.slice(joined + 1).filter(row => row.matches('.message')).map(row => 'L' + row.dataset.lamport + ' '
                + row.querySelector('.name').textContent + ': ' + row.querySelector('.text').textContent);
            })()\
            """.replace("NAME", name));
    }

    List<String> texts() {
        return messages().stream()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    void awaitText(String text) {
        await().atMost(20, SECONDS).pollInterval(50, MILLISECONDS).until(() -> texts().contains(text));
    }

    /** Waits until the element shows a text, among others. */
    void awaitWords(String selector, String words) {
        await().atMost(20, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .until(() -> browser()
                        .<String>ask("(document.querySelector('" + selector + "')?.textContent ?? '')")
                        .contains(words));
    }

    void awaitTrue(String condition) {
        await(condition)
                .atMost(20, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .until(() -> browser().<Boolean>ask("!!(" + condition + ")"));
    }

    /** Leaves, so that the name is free, closes the window, and turns to another one. */
    void closeAndTurnTo(String other) {
        browser().run("if (document.body.dataset.state === 'inside') document.querySelector('#leave').click()");
        awaitTrue("document.body.dataset.state !== 'inside'");
        browser().closeAndTurnTo(other);
    }

    /** The browser, turned to this user's window. */
    Browser browser() {
        browser.turnTo(window);
        return browser;
    }

    String name() {
        return name;
    }
}
