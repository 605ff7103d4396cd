package io.hrp.producer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.producer.internal.send.SendFailure.Kind;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SendFailuresTest {
  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new TimeoutException("delivery timeout"), Kind.UNKNOWN),
        Arguments.of(new NetworkException("disconnected"), Kind.UNKNOWN),
        Arguments.of(new NotEnoughReplicasException("isr"), Kind.UNKNOWN),
        Arguments.of(new NotEnoughReplicasAfterAppendException("isr"), Kind.UNKNOWN),
        Arguments.of(new OutOfOrderSequenceException("gap"), Kind.UNKNOWN),
        Arguments.of(new UnknownTopicOrPartitionException("deleted"), Kind.UNKNOWN),
        Arguments.of(new TopicAuthorizationException("acl"), Kind.UNKNOWN),
        Arguments.of(new SaslAuthenticationException("password"), Kind.UNKNOWN),
        Arguments.of(new CorruptRecordException("crc"), Kind.UNKNOWN),
        Arguments.of(new KafkaException("Producer is closed forcefully."), Kind.UNKNOWN),
        Arguments.of(new RecordTooLargeException("size"), Kind.NOT_WRITTEN),
        Arguments.of(new InvalidRecordException("refused"), Kind.NOT_WRITTEN),
        Arguments.of(new ClusterAuthorizationException("acl"), Kind.FATAL),
        Arguments.of(new ProducerFencedException("epoch"), Kind.FATAL),
        Arguments.of(new UnsupportedVersionException("old broker"), Kind.FATAL));
  }

  @ParameterizedTest
  @MethodSource("table")
  void sortsKafkasErrorsByClass(Exception cause, Kind expected) {
    SendFailure failure = SendFailures.afterHandOver(cause);

    assertThat(failure.kind()).isEqualTo(expected);
    assertThat(failure.cause()).isSameAs(cause);
  }
}
