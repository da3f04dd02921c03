package io.unmask.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in a real browser, where Chromium and its driver are installed. */
class BrowserTest {

  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  @TempDir static Path folder;

  private static TestService server;
  private static ChromeDriver browser;
  private static Path png;
  private static Path jpeg;
  private static Path text;

  @BeforeAll
  static void open() throws IOException {
    Optional<String> program = installed(BROWSERS);
    Optional<String> driver = installed(DRIVERS);
    assumeTrue(
        program.isPresent() && driver.isPresent(),
        "the page was not tried in a browser: neither chromium nor chromedriver may be missing");
    png = Files.write(folder.resolve("a.png"), TestService.PNG);
    jpeg = Files.write(folder.resolve("b.jpg"), TestService.JPEG);
    text = Files.writeString(folder.resolve("c.jpg"), "text");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.get());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(driver.get()).toFile())
                .build(),
            options);
    server = TestService.start();
  }

  private static Optional<String> installed(List<String> paths) {
    return paths.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void load() {
    browser.get(server.uri("/").toString());
    // It breaks no rule of its own policy, and no script fails.
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  private static List<WebElement> cards(int count) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      List<WebElement> cards = browser.findElements(By.cssSelector("article.card"));
      if (cards.size() >= count) {
        return cards;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(browser.getPageSource());
  }

  private static void choose(Path... files) {
    browser
        .findElement(By.id("files"))
        .sendKeys(String.join("\n", Stream.of(files).map(Path::toString).toList()));
  }

  @Test
  void threePhotosGetThreeVerdictsAndThePictureIsShown() throws InterruptedException {
    choose(png, jpeg, text);
    List<WebElement> cards = cards(3);
    assertThat(cards.stream().map(card -> card.getDomAttribute("data-label")).sorted().toList())
        .hasSize(3)
        .contains("ERROR")
        .allMatch(label -> List.of("ERROR", "FAKE", "REAL").contains(label));
    WebElement judged = browser.findElement(By.xpath("//article[.//h3='a.png']"));
    assertThat(judged.findElement(By.tagName("img")).getDomProperty("naturalWidth"))
        .isEqualTo("40");
    assertThat(judged.findElement(By.cssSelector(".bar")).getDomAttribute("aria-label"))
        .matches("Probability of fake [\\d.]+ %; fake above 50 %");
    assertThat(browser.findElement(By.xpath("//article[.//h3='c.jpg']")).getText())
        .contains("Not judged", "not an image");
    assertThat(browser.findElements(By.cssSelector("#rows tr"))).hasSize(3);
    assertThat(browser.findElement(By.id("progress-area")).isDisplayed()).isFalse();
  }

  @Test
  void theMapIsLaidOverThePhoto() throws InterruptedException {
    choose(png);
    WebElement card = cards(1).get(0);
    card.findElement(By.tagName("button")).click();
    for (int i = 0; i < 400 && card.findElements(By.cssSelector("img.map")).isEmpty(); i++) {
      Thread.sleep(50);
    }
    WebElement map = card.findElement(By.cssSelector("img.map"));
    assertThat(map.isDisplayed()).isTrue();
    assertThat(map.getRect().getWidth())
        .isEqualTo(card.findElement(By.cssSelector(".photo img")).getRect().getWidth());
    card.findElement(By.tagName("button")).click();
    assertThat(map.isDisplayed()).isFalse();
  }

  @Test
  void photosThatAreDroppedAreJudged() throws InterruptedException {
    browser.executeScript(
        "const bytes = Uint8Array.from(arguments[0]);"
            + "const data = new DataTransfer();"
            + "for (const name of ['d.png', 'e.png'])"
            + "  data.items.add(new File([bytes], name, {type: 'image/png'}));"
            + "document.getElementById('drop').dispatchEvent("
            + "  new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
        bytes(TestService.PNG));
    assertThat(cards(2)).hasSize(2);
    assertThat(browser.findElement(By.id("rows")).getText()).contains("d.png", "e.png");
  }

  private static List<Integer> bytes(byte[] bytes) {
    List<Integer> values = new java.util.ArrayList<>();
    for (byte b : bytes) {
      values.add(b & 0xff);
    }
    return values;
  }

  @Test
  void aNameIsTextAndNoFormula() throws Exception {
    Path formula = Files.write(folder.resolve("=1+1<b>x.png"), TestService.PNG);
    choose(formula);
    cards(1);
    assertThat(browser.findElements(By.cssSelector("article b"))).isEmpty();
    browser.executeScript(
        "window.saved = null;"
            + "const make = URL.createObjectURL;"
            + "URL.createObjectURL = blob => { blob.text().then(t => window.saved = t); return make(blob); };"
            + "HTMLAnchorElement.prototype.click = () => {};");
    browser.findElement(By.id("csv")).click();
    Object saved = null;
    for (int i = 0; i < 100 && saved == null; i++) {
      Thread.sleep(50);
      saved = browser.executeScript("return window.saved");
    }
    assertThat(String.valueOf(saved)).contains("\"'=1+1<b>x.png\"").hasLineCount(2);
  }

  @Test
  void theKeyboardReachesEverything() {
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      new Actions(browser).sendKeys(Keys.TAB).perform();
      WebElement next = browser.switchTo().activeElement();
      reached.append(next.getTagName()).append('#').append(next.getDomProperty("id")).append(' ');
    }
    assertThat(reached.toString()).contains("a#", "input#files", "summary#");
  }

  @Test
  void aPhoneNeedsNoScrollingSideways() throws InterruptedException {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 640, "deviceScaleFactor", 1, "mobile", true));
    try {
      choose(png);
      cards(1);
      assertThat(
              ((Number) browser.executeScript("return document.documentElement.scrollWidth"))
                  .intValue())
          .isLessThanOrEqualTo(360);
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void theTokenIsAskedFor() throws InterruptedException {
    try (TestService closed = TestService.start(TestService.OPTIONS.withToken("s3cret"))) {
      browser.get(closed.uri("/").toString());
      WebElement token = browser.findElement(By.id("token"));
      waitUntilShown(browser, token);
      token.sendKeys("s3cret", Keys.ENTER);
      choose(png);
      assertThat(cards(1).get(0).getDomAttribute("data-label")).isIn("FAKE", "REAL");
      browser.manage().logs().get(LogType.BROWSER);
    }
  }

  private static void waitUntilShown(WebDriver driver, WebElement element)
      throws InterruptedException {
    driver.manage().timeouts().implicitlyWait(Duration.ZERO);
    for (int i = 0; i < 200 && !element.isDisplayed(); i++) {
      Thread.sleep(50);
    }
    assertThat(element.isDisplayed()).isTrue();
  }
}
