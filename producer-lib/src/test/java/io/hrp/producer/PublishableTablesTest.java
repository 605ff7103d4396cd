package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.TableUnavailableException;
import java.util.Set;
import org.apache.hadoop.hbase.TableName;
import org.junit.jupiter.api.Test;

final class PublishableTablesTest {
  @Test
  void acceptsADeclaredTableAndSendsNothing() {
    PublisherFixture fixture = new PublisherFixture().declared();

    fixture.publisher.requirePublishable(Set.of(ORDERS));

    assertThat(fixture.kafka.history()).isEmpty();
    assertThat(fixture.topics.looks()).containsExactly(PublisherFixture.TOPIC);
  }

  @Test
  void refusesATableThatNobodyDeclared() {
    PublisherFixture fixture = new PublisherFixture().declared();

    assertThatThrownBy(
            () -> fixture.publisher.requirePublishable(Set.of(TableName.valueOf("shop:unknown"))))
        .isInstanceOf(TableUnavailableException.class)
        .hasMessageContaining("hrp topic create");
  }

  @Test
  void refusesEverythingWhereTheControlTopicCannotBeRead() {
    PublisherFixture fixture = new PublisherFixture();

    assertThatThrownBy(() -> fixture.publisher.requirePublishable(Set.of()))
        .isInstanceOf(ControlUnreadableException.class)
        .hasMessageStartingWith("cannot publish: the topic 'hrp-control'");
  }
}
