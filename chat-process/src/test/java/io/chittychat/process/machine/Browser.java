package io.chittychat.process.machine;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, without user settings, and without connections of its own. */
public final class Browser implements AutoCloseable {

    private static final File PROGRAM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Sees to it that there is a browser; says why not if there is none and none can be installed. */
    public static Optional<String> install() {
        return PROGRAM.canExecute() && DRIVER.canExecute()
                ? Optional.empty()
                : DebianPackages.install("chromium", "chromium-driver");
    }

    /**
     * Starts it.
     *
     * @param profile an empty directory for what it wants to keep
     * @param more its further arguments
     */
    public static Browser start(Path profile, String... more) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1500,1400",
                "--user-data-dir=" + profile.toAbsolutePath());
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Shows a page, and waits until it takes keys: Chromium drops those that come before the first picture. */
    public void open(Path page) {
        open(page.toUri());
    }

    /** The same for a page of a server. */
    public void open(URI page) {
        driver.get(page.toString());
        awaitPicture();
    }

    /** Loads the page again. */
    public void reload() {
        driver.navigate().refresh();
        awaitPicture();
    }

    private void awaitPicture() {
        driver.executeAsyncScript("""
            const done = arguments[0];
            const look = () => performance.getEntriesByType('paint').length > 0 ? done() : setTimeout(look, 5);
            look();
            """);
    }

    /** The window that all methods are about now. */
    public String window() {
        return driver.getWindowHandle();
    }

    /** Opens an empty window beside the others, and turns to it. */
    public String newWindow() {
        return driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
    }

    /** Turns to a window. */
    public void turnTo(String window) {
        driver.switchTo().window(window);
    }

    /** Closes the window, and turns to another one. */
    public void closeAndTurnTo(String other) {
        driver.close();
        turnTo(other);
    }

    /** Has the page believe that the window has another size, in CSS pixels, and is a phone's or not. */
    public void resize(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    /** A picture of the window as PNG. */
    public byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Has downloads saved in a directory. */
    public void downloadTo(Path directory) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior",
                Map.of(
                        "behavior",
                        "allow",
                        "downloadPath",
                        directory.toAbsolutePath().toString()));
    }

    /** Runs a script. */
    public void run(String script) {
        driver.executeScript(script);
    }

    /** The result of a promise. */
    @SuppressWarnings("unchecked")
    public <T> T promised(String promise) {
        return (T) requireNonNull(
                driver.executeAsyncScript(
                        "const done = arguments[0]; (" + promise + ").then(done, e => done(String(e)))"),
                promise);
    }

    /** Moves the pointer onto an element. */
    public void pointAt(String selector) {
        WebElement element = find(selector);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        new Actions(driver).moveToElement(element).perform();
    }

    public void click(String selector) {
        pointAt(selector);
        new Actions(driver).click().perform();
    }

    /** Presses keys, one after the other, wherever the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses a key while another one, such as Shift, is held down: {@link #press} would let go of that first. */
    public void hold(Keys held, CharSequence key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    public String text(String selector) {
        return find(selector).getText();
    }

    /** The result of a script: maps, lists, strings, {@link Long}s and {@link Boolean}s. */
    @SuppressWarnings("unchecked")
    public <T> T ask(String script) {
        return (T) requireNonNull(driver.executeScript("return " + script), script);
    }

    /** Gives an element the focus, as the Tab key would. */
    public void focus(String selector) {
        driver.executeScript("arguments[0].focus()", find(selector));
    }

    /** Has the page believe that its reader prefers dark, or light. */
    public void prefer(String scheme) {
        prefer("prefers-color-scheme", scheme);
    }

    /** Has the page believe that its reader prefers something, and nothing else. */
    public void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** What the console said since the last question. */
    public List<String> console() {
        return lines(LogType.BROWSER);
    }

    /** The addresses that were asked for since the last question, that of the page among them. */
    public List<String> requests() {
        return lines(LogType.PERFORMANCE).stream()
                .filter(line -> line.contains("\"Network.requestWillBeSent\""))
                .map(line -> line.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private List<String> lines(String log) {
        return StreamSupport.stream(driver.manage().logs().get(log).spliterator(), false)
                .map(LogEntry::getMessage)
                .toList();
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
