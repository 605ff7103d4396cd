package io.hrp.bench.drain;

import io.hrp.wire.TableId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many mutations of a table the daemon has applied: acknowledged by the target. */
final class AppliedCount {

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest request;
  private final Pattern line;

  AppliedCount(String adminAddress, TableId table) {
    this.request =
        HttpRequest.newBuilder(URI.create("http://" + adminAddress + "/metrics")).build();
    this.line =
        Pattern.compile(
            "(?m)^hrp_consumer_mutations_applied_total\\{[^}]*table=\""
                + Pattern.quote(table.qualifiedName())
                + "\",outcome=\"applied\"[^}]*} ([0-9.]+(?:E[0-9]+)?)$");
  }

  /** The count now; 0 before the first. */
  long read() throws InterruptedException {
    try {
      String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = line.matcher(page);
      return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : 0;
    } catch (IOException e) {
      throw new IllegalStateException("the daemon does not answer: " + e.getMessage(), e);
    }
  }
}
