package io.mqexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Secret;
import io.mqexporter.http.Passwords.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCrypt;

class PasswordsTest {

  private static final Vertx vertx = Vertx.vertx();

  /** One costs a sixteenth of the other. */
  private static final Map<String, Secret> USERS =
      Map.of("quick", hash("a", 6), "slow", hash("b", 10));

  private final Passwords passwords = new Passwords();

  @AfterAll
  static void close() {
    vertx.close();
  }

  @Test
  void onlyTheRightPasswordIsRightAgainAndAgain() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(verdict("quick", "a")).isEqualTo(Verdict.RIGHT);
      assertThat(verdict("quick", "b")).isEqualTo(Verdict.WRONG);
      assertThat(verdict("nobody", "b")).isEqualTo(Verdict.WRONG);
    }
  }

  @Test
  void aNameThatIsNotThereTakesAsLongAsTheOneThatTakesLongest() throws Exception {
    double slow = medianMillis("slow");
    double nobody = medianMillis("nobody");

    // The other one takes a sixteenth.
    assertThat(nobody).isBetween(slow / 8, slow * 8);
  }

  @Test
  void whatIsRightOnceCostsNothingAfterwards() throws Exception {
    verdict("slow", "b");
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(verdict("slow", "b")).isEqualTo(Verdict.RIGHT);
    }
    assertThat((System.nanoTime() - start) / 1e6 / 100).isLessThan(medianMillis("slow") / 3);
  }

  @Test
  void onlyAFewWaitAndTheOthersAreToldSo() throws Exception {
    var verdicts = Promise.<List<Verdict>>promise();
    // As requests come: on one thread, which none of the verdicts can overtake.
    vertx.runOnContext(_ ->
        Future.all(
                IntStream.range(0, 50)
                    .mapToObj(i -> passwords.check(vertx, USERS, basic("slow", "guess-" + i)))
                    .toList())
            .map(all -> all.<Verdict>list())
            .onComplete(verdicts));

    List<Verdict> told =
        verdicts.future().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(told).hasSize(50).containsOnly(Verdict.BUSY, Verdict.WRONG);
    assertThat(told).filteredOn(Verdict.BUSY::equals).hasSize(30);
  }

  private double medianMillis(String user) throws Exception {
    var millis = DoubleStream.builder();
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      assertThat(verdict(user, "wrong-" + i)).isEqualTo(Verdict.WRONG);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return millis.build().sorted().toArray()[2];
  }

  private Verdict verdict(String user, String password) throws Exception {
    return await(passwords.check(vertx, USERS, basic(user, password)));
  }

  private static Verdict await(Future<Verdict> check) throws Exception {
    return check.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(String.join(":", List.of(user, password)).getBytes(UTF_8));
  }

  private static Secret hash(String password, int cost) {
    return new Secret(BCrypt.hashpw(password, BCrypt.gensalt(cost)));
  }
}
