package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.ORDERS;
import static io.hrp.producer.PublisherFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.FlushFailedException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.PublisherFailedException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.api.TimestampPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class SharedPublishersTest {
  private final List<PublisherFixture> opened = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Runnable> steps = new ArrayList<>();
  private final SharedPublishers shared =
      new SharedPublishers(
          options -> {
            opened.add(new PublisherFixture().declared());
            return opened.get(opened.size() - 1).publisher;
          },
          (delay, step) -> {
            delays.add(delay);
            steps.add(step);
          });

  @Test
  void equalOptionsShareAPublisherAndOthersDoNot() {
    HrpPublisher first = shared.handle(options().build());
    HrpPublisher second = shared.handle(options().build());
    HrpPublisher other = shared.handle(options().maxBlock(Duration.ofSeconds(9)).build());

    first.publish(ORDERS, put("r1"));
    second.publish(ORDERS, put("r2"));
    other.publish(ORDERS, put("r3"));

    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).kafka.history()).hasSize(2);
    assertThat(opened.get(1).kafka.history()).hasSize(1);
  }

  @Test
  void aFlushReportsOnlyTheHandlesOwnFailures() {
    HrpPublisher unlucky = shared.handle(options().build());
    HrpPublisher lucky = shared.handle(options().build());
    unlucky.publish(ORDERS, put("r1"));
    opened.get(0).kafka.failOne(new TimeoutException("no answer"));
    lucky.publish(ORDERS, put("r2"));

    assertThatCode(lucky::flush).doesNotThrowAnyException();

    FlushFailedException failure = catchThrowableOfType(FlushFailedException.class, unlucky::flush);
    assertThat(failure.failedMutations()).isEqualTo(1);
    assertThatCode(unlucky::flush).doesNotThrowAnyException();
  }

  @Test
  void aHandlesCloseFlushesReportsItsOwnAndLeavesTheOthersOpen() {
    HrpPublisher first = shared.handle(options().build());
    HrpPublisher second = shared.handle(options().build());
    first.publish(ORDERS, put("r1"));
    second.publish(ORDERS, put("r2"));
    second.publish(ORDERS, put("r3"));

    CloseReport report = first.close(Duration.ofSeconds(5));

    assertThat(report.acknowledged()).isEqualTo(1);
    assertThat(report.isComplete()).isTrue();
    assertThatThrownBy(() -> first.publish(ORDERS, put("r4")))
        .isInstanceOf(PublisherClosedException.class);
    assertThatCode(() -> second.publish(ORDERS, put("r5"))).doesNotThrowAnyException();
    assertThat(delays).isEmpty();
    assertThat(first.close(Duration.ZERO)).isSameAs(report);
  }

  @Test
  void aHandlesCloseCountsWhatHasNoOutcomeAtTheDeadline() {
    HrpPublisher handle = shared.handle(options().build());
    handle.publish(ORDERS, put("r1"));
    opened.get(0).kafka.acknowledgeOne();
    handle.publish(ORDERS, put("r2"));

    CloseReport report = handle.close(Duration.ZERO);

    assertThat(report.acknowledged()).isEqualTo(1);
    assertThat(report.unknown()).isEqualTo(1);
  }

  @Test
  void aHandlesCloseThrowsWhatNobodyFlushed() {
    HrpPublisher handle = shared.handle(options().build());
    handle.publish(ORDERS, put("r1"));
    opened.get(0).kafka.failOne(new TimeoutException("no answer"));

    assertThatThrownBy(handle::close).isInstanceOf(FlushFailedException.class);

    assertThatCode(handle::close).doesNotThrowAnyException();
  }

  @Test
  void thePublisherStaysForAWhileAfterItsLastHandle() {
    shared.handle(options().build()).close();

    assertThat(delays).containsExactly(SharedPublishers.LINGER);
    assertThat(opened.get(0).publisher.isOpen()).isTrue();
    steps.get(0).run();

    assertThat(opened.get(0).publisher.isOpen()).isFalse();
    assertThat(opened.get(0).closesOfTheRest).hasValue(1);
    HrpPublisher later = shared.handle(options().build());
    assertThat(opened).hasSize(2);
    later.close();
  }

  @Test
  void aHandleTakenMeanwhileKeepsThePublisher() {
    shared.handle(options().build()).close();
    HrpPublisher next = shared.handle(options().build());

    steps.get(0).run();

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).publisher.isOpen()).isTrue();
    next.close();
    steps.get(1).run();
    assertThat(opened.get(0).publisher.isOpen()).isFalse();
  }

  @Test
  void aPublisherThatFailedForGoodIsNotHandedOutAgain() {
    HrpPublisher handle = shared.handle(options().build());
    handle.publish(ORDERS, put("r1"));
    opened.get(0).kafka.failOne(new ClusterAuthorizationException("no"));

    HrpPublisher next = shared.handle(options().build());

    assertThatThrownBy(() -> handle.publish(ORDERS, put("r2")))
        .isInstanceOf(PublisherFailedException.class);
    assertThatCode(() -> next.publish(ORDERS, put("r2"))).doesNotThrowAnyException();
    handle.close(Duration.ZERO);
    assertThat(delays).containsExactly(Duration.ZERO);
    steps.get(0).run();
    assertThat(opened.get(0).closesOfTheRest).hasValue(1);
    assertThat(opened.get(1).publisher.isOpen()).isTrue();
  }

  @Test
  void theEndOfTheProcessClosesWhatIsOpen() {
    HrpPublisher handle = shared.handle(options().build());
    handle.publish(ORDERS, put("r1"));

    shared.closeAll();

    assertThat(opened.get(0).publisher.isOpen()).isFalse();
    assertThatThrownBy(() -> handle.publish(ORDERS, put("r2")))
        .isInstanceOf(PublisherClosedException.class);
  }

  @Test
  void optionsAreEqualIfAllTheyHoldIs() {
    MetricRegistry registry = new MetricRegistry();

    assertThat(options().build())
        .isEqualTo(options().build())
        .hasSameHashCodeAs(options().build())
        .isNotEqualTo(options().kafka("linger.ms", "1").build())
        .isNotEqualTo(options().timestampPolicy(TimestampPolicy.job(1)).build())
        .isNotEqualTo(options().metrics(registry).build())
        .isNotEqualTo(options().completionExecutor(Runnable::run).build());
    assertThat(options().metrics(registry).timestampPolicy(TimestampPolicy.job(1)).build())
        .isEqualTo(options().metrics(registry).timestampPolicy(TimestampPolicy.job(1)).build());
  }

  private static PublisherOptions.Builder options() {
    return PublisherFixture.options();
  }
}
