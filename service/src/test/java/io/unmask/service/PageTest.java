package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page and what the browser is told about it. */
class PageTest {

  @Test
  void thePolicyAllowsWhatThePageHoldsAndNothingElse() throws Exception {
    Page page = Page.read();
    String html = new String(page.html(), UTF_8);
    assertThat(page.policy())
        .contains("default-src 'none'")
        .contains("script-src '" + digest(html, "script") + "';")
        .contains("style-src '" + digest(html, "style") + "';")
        .doesNotContain("unsafe");
    assertThat(html).doesNotContain("/* page.js */", "/* page.css */");
    assertThat(html)
        .doesNotContainPattern("(src|href)=\"(http|//)")
        .doesNotContainPattern(" on\\w+=");
    assertThat(html).doesNotContainPattern(" style=\"");
  }

  private static String digest(String html, String element) throws Exception {
    Matcher matcher =
        Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(html);
    assertThat(matcher.find()).isTrue();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(matcher.group(1).getBytes(UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
